// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.data;

import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.data.ExampleReader.Skipped;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The rows of a file of texts that are examples: where gold values are needed, rows that end early
 * and rows that an annotator rejected are left out and counted.
 *
 * <p>The row {@code Go.} under the header {@code text, label} of a tsv is one only for prediction.
 *
 * @param texts finds the columns of a row's texts
 * @param gold the columns of the gold values
 */
public record TextRows(Function<Row, TextColumns> texts, List<Column> gold) {

  /**
   * Copies the columns.
   *
   * @param texts finds the columns of a row's texts
   * @param gold the columns of the gold values
   */
  public TextRows {
    gold = List.copyOf(gold);
  }

  /**
   * {@return the rows, in the file's order; close the stream}
   *
   * @param file the data
   * @param purpose what they are for
   * @param skipped counts what is left out
   */
  public Stream<Row> read(DataFile file, Purpose purpose, Skipped skipped) {
    return file.rows()
        .filter(row -> !purpose.labelled() || isWhole(row, skipped) && isAccepted(row, skipped));
  }

  /** GLUE's files of QQP have rows that end before the second question or the label. */
  private boolean isWhole(Row row, Skipped skipped) {
    if (texts.apply(row).endEarly(row) || gold.stream().anyMatch(row::endsBefore)) {
      skipped.count(row.location(), "row cut off");
      return false;
    }
    return true;
  }

  /** What an annotator rejected or put off, in an export of Prodigy, has a label that is not so. */
  private static boolean isAccepted(Row row, Skipped skipped) {
    Object answer = row.columns().get("answer");
    if (row.columns().containsKey("_task_hash")
        && ("reject".equals(answer) || "ignore".equals(answer))) {
      skipped.count(row.location(), "answer '%s' in Prodigy".formatted(answer));
      return false;
    }
    return true;
  }

  /**
   * {@return whether an example has a text, and two if it is a pair; one that has not is counted}
   *
   * @param location where it was read
   * @param first the only or the first text
   * @param second the second text of a pair
   * @param skipped counts what is left out
   */
  public static boolean hasText(
      Location location, String first, Optional<String> second, Skipped skipped) {
    if (first.isBlank() || second.map(String::isBlank).orElse(false)) {
      skipped.count(location, "empty text");
      return false;
    }
    return true;
  }
}
