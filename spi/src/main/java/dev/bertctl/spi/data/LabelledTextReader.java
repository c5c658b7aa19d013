// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
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
 * @param texts finds the columns of a row's texts
 * @param label column of the label
 * @param labels the known labels
 */
public record LabelledTextReader(Function<Row, TextColumns> texts, Column label, Labels labels)
    implements ExampleReader<LabelledText> {

  /** Labels of a file that an error names; a column of texts would fill the screen. */
  private static final int MOST_NAMED = 20;

  /**
   * Reads single texts.
   *
   * @param text the text
   * @param label the gold label
   * @param labels the known labels
   * @return a reader of texts
   */
  public static LabelledTextReader single(Column text, Column label, Labels labels) {
    TextColumns columns = new TextColumns(text, Optional.empty());
    return new LabelledTextReader(row -> columns, label, labels);
  }

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
    TextColumns columns = new TextColumns(first, Optional.of(second));
    return new LabelledTextReader(row -> columns, label, labels);
  }

  @Override
  public Stream<LabelledText> read(DataFile file, Purpose purpose, Skipped skipped) {
    return new TextRows(texts, List.of(label))
        .read(file, purpose, skipped)
        .map(row -> example(file, row, purpose))
        .filter(example -> !purpose.labelled() || keep(example, skipped));
  }

  private LabelledText example(DataFile file, Row row, Purpose purpose) {
    // For prediction a label may be missing, or be of another label set: it is passed through
    // unread.
    OptionalInt gold =
        purpose.labelled()
            ? labels.index(labelOf(row, label), row.location(), () -> labelsOf(file))
            : OptionalInt.empty();
    // Half a million rows with all their columns would fill the memory, and training writes none.
    Map<String, Object> columns = purpose == Purpose.TRAINING ? Map.of() : row.columns();
    TextColumns found = texts.apply(row);
    return new LabelledText(row.location(), columns, found.first(row), found.second(row), gold);
  }

  /** The file's labels in order of appearance; none if it cannot be read a second time. */
  private List<String> labelsOf(DataFile file) {
    if (!file.canBeReread()) {
      return List.of();
    }
    try (Stream<Row> rows = file.rows()) {
      List<String> found =
          rows.filter(row -> row.has(label))
              .map(row -> labelOf(row, label))
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

  /**
   * {@return the label in a row, as it stands there: a text, or a list of one, as annotation tools
   * write; empty where the row says that it has none}
   *
   * @param row the row
   * @param label the label's column
   * @throws DataException if there is no such column, or it holds several labels
   */
  public static String labelOf(Row row, Column label) {
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

  private static boolean keep(LabelledText example, Skipped skipped) {
    if (example.label().isEmpty()) {
      skipped.count(example.location(), "no gold label");
      return false;
    }
    return TextRows.hasText(example.location(), example.first(), example.second(), skipped);
  }
}
