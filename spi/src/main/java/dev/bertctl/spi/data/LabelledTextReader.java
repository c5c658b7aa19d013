// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.data;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Reads single texts or pairs with a label from rows. Where labels are needed, rows without a gold
 * label and rows with an empty text are left out and counted.
 *
 * @param first column of the only or the first text
 * @param second column of the second text, if the task is one on pairs
 * @param label column of the label
 * @param labels the known labels
 */
public record LabelledTextReader(Column first, Optional<Column> second, Column label, Labels labels)
    implements ExampleReader<LabelledText> {

  /** Reads pairs. */
  public static LabelledTextReader pairs(Column first, Column second, Column label, Labels labels) {
    return new LabelledTextReader(first, Optional.of(second), label, labels);
  }

  @Override
  public Stream<LabelledText> read(DataFile file, Purpose purpose, Skipped skipped) {
    return file.rows()
        .map(row -> example(row, purpose))
        .filter(example -> purpose == Purpose.UNLABELLED || keep(example, skipped));
  }

  private LabelledText example(Row row, Purpose purpose) {
    // For prediction a label may be missing, or be of another label set: it is passed through
    // unread.
    OptionalInt gold =
        purpose == Purpose.LABELLED
            ? labels.index(row.get(label).strip(), row.location())
            : OptionalInt.empty();
    return new LabelledText(
        row.location(), row.columns(), row.get(first), second.map(row::get), gold);
  }

  private static boolean keep(LabelledText example, Skipped skipped) {
    if (example.label().isEmpty()) {
      skipped.count(example.location(), "no gold label");
      return false;
    }
    if (example.first().isBlank() || example.second().map(String::isBlank).orElse(false)) {
      skipped.count(example.location(), "empty text");
      return false;
    }
    return true;
  }
}
