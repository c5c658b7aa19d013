// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.data;

import java.util.stream.Stream;

/**
 * Makes examples of a data file. Reads lazily and in the file's order.
 *
 * @param <X> an example
 */
@FunctionalInterface
public interface ExampleReader<X extends Example> {

  /**
   * Reads a file.
   *
   * @param file the data, already decoded into rows, lines or JSON on demand
   * @param purpose whether gold labels are needed; where they are not, a missing one is no error
   * @param skipped counts what is left out, and why
   * @throws DataException naming file, line and remedy, if the data cannot be used
   */
  Stream<X> read(DataFile file, Purpose purpose, Skipped skipped);

  /** What the examples are for. */
  enum Purpose {
    /** Training, evaluation or scoring: each example needs its gold label. */
    LABELLED,
    /** Prediction: gold labels may be missing, and every row must give an example. */
    UNLABELLED
  }

  /** Takes note of rows left out on purpose, so that the user hears of them. */
  @FunctionalInterface
  interface Skipped {

    /**
     * @param location the row
     * @param reason a few words, the same for all rows of a kind, such as {@code no gold label}
     */
    void count(Location location, String reason);
  }
}
