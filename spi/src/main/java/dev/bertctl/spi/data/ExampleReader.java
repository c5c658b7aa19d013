// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.data;

import java.util.stream.Stream;

/**
 * Makes examples of a data file. Reads lazily and in the file's order.
 *
 * <p>A reader of reviews: {@code (file, purpose, skipped) -> file.rows().map(row -> review(row,
 * purpose))}.
 *
 * <p>Used by one thread.
 *
 * @param <X> an example
 */
@FunctionalInterface
public interface ExampleReader<X extends Example> {

  /**
   * Reads a file.
   *
   * @param file the data, already decoded into rows, lines or JSON on demand
   * @param purpose what the examples are for; it says whether a missing gold label is an error
   * @param skipped counts what is left out, and why
   * @return the examples in the file's order; the host closes the stream
   * @throws DataException naming file, line and remedy, if the data cannot be used
   */
  Stream<X> read(DataFile file, Purpose purpose, Skipped skipped);

  /** What the examples are for. */
  enum Purpose {
    /** To learn from: each example needs its gold label; one that teaches nothing is left out. */
    TRAINING,
    /**
     * Evaluation or scoring: each example needs its gold label, and all count, also those that
     * would teach nothing; rows that are no examples are left out and counted.
     */
    EVALUATION,
    /** Prediction: gold labels may be missing, and every row must give an example. */
    PREDICTION;

    /** {@return whether gold labels are needed} */
    public boolean labelled() {
      return this != PREDICTION;
    }
  }

  /** Takes note of rows left out on purpose, and of doubtful ones, so that the user is told. */
  @FunctionalInterface
  interface Skipped {

    /**
     * @param location the row
     * @param reason a few words, the same for all rows of a kind, such as {@code no gold label}
     */
    void count(Location location, String reason);

    /**
     * Takes note of an example that is used but is most likely a mistake.
     *
     * @param location the example
     * @param what a few words, the same for all of a kind, such as {@code sentences of more than
     *     5,000 words}
     */
    default void warn(Location location, String what) {}
  }
}
