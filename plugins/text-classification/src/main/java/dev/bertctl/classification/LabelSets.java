// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.classification;

import dev.bertctl.spi.OptionException;
import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.data.Location;
import dev.bertctl.spi.data.Row;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Reads any number of labels: a list, a text with something between the labels, or a column of 0
 * and 1 for each label.
 *
 * <p>{@code ["joy", "fear"]}, {@code joy,fear} and the columns joy = 1, anger = 0, fear = 1 are the
 * same.
 *
 * @param separator what stands between labels in a text
 */
record LabelSets(String separator) {

  /** Checks the separator. */
  LabelSets {
    if (separator.isEmpty()) {
      throw new OptionException(
          "label-separator", "is empty; give what stands between labels, such as ','");
    }
  }

  /**
   * The labels in a row's column.
   *
   * @param column a column of lists or texts
   * @return their names as they stand there; none if the row says that it has none
   */
  List<String> names(Row row, Column column) {
    if (row.isNull(column)) {
      return List.of();
    }
    if (row.value(column) instanceof List<?> list) {
      return list.stream()
          .map(label -> Row.text(row.location(), column.name(), label))
          .filter(label -> !label.isBlank())
          .toList();
    }
    String text = row.get(column);
    return ListText.items(text)
        .orElseGet(
            () ->
                Arrays.stream(text.split(Pattern.quote(separator)))
                    .map(String::strip)
                    .filter(label -> !label.isEmpty())
                    .toList());
  }

  /**
   * The labels in a row's column by their indices, rising.
   *
   * @return empty if the row is marked as one without gold labels ({@code -} or {@code -1}), which
   *     is not the same as one with none
   */
  Optional<List<Integer>> indices(Row row, Column column, Labels labels) {
    List<String> names = names(row, column);
    if (names.size() == 1
        && Labels.marksNoLabel(names.get(0))
        && !labels.names().contains(names.get(0))) {
      return Optional.empty();
    }
    TreeSet<Integer> indices = new TreeSet<>();
    for (String name : names) {
      OptionalInt index = labels.index(name, row.location());
      indices.add(
          index.orElseThrow(
              () ->
                  new DataException(
                      row.location(), "'%s' among labels is none; remove it".formatted(name))));
    }
    return Optional.of(List.copyOf(indices));
  }

  /** Whether a row has a column for each label. */
  static boolean areColumns(Row row, Labels labels) {
    return columns(labels).stream().allMatch(row::has);
  }

  /** The columns of labels that have one each. */
  static List<Column> columns(Labels labels) {
    return labels.names().stream().map(name -> Column.named(name)).toList();
  }

  /**
   * The labels whose columns say that they apply.
   *
   * @return empty if the row has no gold labels: an empty cell, {@code -} or {@code -1}
   */
  static Optional<List<Integer>> ofColumns(Row row, Labels labels) {
    TreeSet<Integer> indices = new TreeSet<>();
    for (int label = 0; label < labels.size(); label++) {
      String name = labels.name(label);
      String value = row.textOrEmpty(Column.named(name)).strip();
      if (Labels.marksNoLabel(value)) {
        return Optional.empty();
      }
      if (applies(value, name, row.location())) {
        indices.add(label);
      }
    }
    return Optional.of(List.copyOf(indices));
  }

  private static boolean applies(String value, String label, Location location) {
    return switch (value) {
      case "1", "1.0", "true", "True" -> true;
      case "0", "0.0", "false", "False" -> false;
      default ->
          throw new DataException(
              location,
              "column '%s' holds '%s'; that of a label needs 1 where it applies, and else 0"
                  .formatted(label, value));
    };
  }
}
