// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads single texts or pairs with a label from rows. Where labels are needed, rows without a gold
 * label, rows with an empty text, rows that end early and rows that an annotator rejected are left
 * out and counted. Examples to train on keep no columns.
 *
 * <p>Of the columns {@code text} and {@code label} with the row {@code Go.,yes} it makes the text
 * {@code Go.} with the label {@code yes}.
 *
 * @param first column of the only or the first text
 * @param second column of the second text, if the task is one on pairs
 * @param label column of the label
 * @param labels the known labels
 */
public record LabelledTextReader(Column first, Optional<Column> second, Column label, Labels labels)
    implements ExampleReader<LabelledText> {

  /** Labels of a file that an error names; a column of texts would fill the screen. */
  private static final int MOST_NAMED = 20;

  /**
   * Reads pairs.
   *
   * @param first the first text
   * @param second the second text
   * @param label the gold label
   * @param labels the known labels
   * @return a reader of pairs
   */
  public static LabelledTextReader pairs(Column first, Column second, Column label, Labels labels) {
    return new LabelledTextReader(first, Optional.of(second), label, labels);
  }

  @Override
  public Stream<LabelledText> read(DataFile file, Purpose purpose, Skipped skipped) {
    return file.rows()
        .filter(row -> !purpose.labelled() || isWhole(row, skipped) && isAccepted(row, skipped))
        .map(row -> example(file, row, purpose))
        .filter(example -> !purpose.labelled() || keep(example, skipped));
  }

  /** GLUE's files of QQP have rows that end before the second question or the label. */
  private boolean isWhole(Row row, Skipped skipped) {
    if (row.endsBefore(first)
        || second.filter(row::endsBefore).isPresent()
        || row.endsBefore(label)) {
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

  /** A list of one label, as annotation tools write, is that label. */
  private String label(Row row) {
    if (!row.has(label) || row.isNull(label) || !(row.value(label) instanceof List<?> given)) {
      return row.textOrEmpty(label);
    }
    if (given.size() > 1) {
      throw new DataException(
          row.location(),
          "column '%s' holds %d labels, and the task takes one; keep the right one, or remove the row"
              .formatted(label.name(), given.size()));
    }
    return given.isEmpty() ? "" : Row.text(row.location(), label.name(), given.get(0));
  }

  private LabelledText example(DataFile file, Row row, Purpose purpose) {
    // For prediction a label may be missing, or be of another label set: it is passed through
    // unread.
    OptionalInt gold =
        purpose.labelled()
            ? labels.index(label(row), row.location(), () -> labelsOf(file))
            : OptionalInt.empty();
    // Half a million rows with all their columns would fill the memory, and training writes none.
    Map<String, Object> columns = purpose == Purpose.TRAINING ? Map.of() : row.columns();
    return new LabelledText(
        row.location(), columns, row.textOrEmpty(first), second.map(row::textOrEmpty), gold);
  }

  /** The file's labels in order of appearance; none if it cannot be read a second time. */
  private List<String> labelsOf(DataFile file) {
    if (!file.canBeReread()) {
      return List.of();
    }
    try (Stream<Row> rows = file.rows()) {
      List<String> found =
          rows.filter(row -> row.has(label))
              .map(this::label)
              .map(Invisible::strip)
              .filter(value -> !Labels.marksNoLabel(value) || labels.names().contains(value))
              .distinct()
              .limit(MOST_NAMED + 1)
              .collect(Collectors.toCollection(ArrayList::new));
      if (found.size() > MOST_NAMED) {
        found.set(MOST_NAMED, "and more");
      }
      return found;
    }
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
