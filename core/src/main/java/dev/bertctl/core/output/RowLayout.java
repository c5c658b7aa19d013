// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.output;

import dev.bertctl.runtime.UserException;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.decode.Prediction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a row of predictions has. Unless columns are chosen it is the input's columns, then the
 * prediction, whose fields replace columns of their names.
 *
 * @param columns the chosen columns in their order; empty for all
 * @param probabilities how many of the probabilities there are
 * @param formulas whether cells of tables may be what a spreadsheet takes for a formula
 */
public record RowLayout(
    List<OutputColumn> columns, Probabilities probabilities, Formulas formulas) {

  /** All there is. */
  public static final RowLayout ALL = new RowLayout(List.of(), Probabilities.ALL);

  /** Copies the list. */
  public RowLayout {
    columns = List.copyOf(columns);
  }

  /** With cells as they are. */
  public RowLayout(List<OutputColumn> columns, Probabilities probabilities) {
    this(columns, probabilities, Formulas.KEPT);
  }

  /** A prediction as a row; a chosen column that it does not have is null there. */
  public Map<String, Object> row(Example example, Prediction prediction) {
    Map<String, Object> row = all(example, prediction);
    probabilities.keepIn(row);
    if (columns.isEmpty()) {
      return row;
    }
    Map<String, Object> chosen = new LinkedHashMap<>();
    columns.forEach(column -> chosen.put(column.name(), column.in(row).orElse(null)));
    return chosen;
  }

  private static Map<String, Object> all(Example example, Prediction prediction) {
    Map<String, Object> all = new LinkedHashMap<>(example.columns());
    all.putAll(prediction.fields());
    return all;
  }

  /**
   * Makes sure, by the first prediction, that the chosen columns are there: one that is not is most
   * likely mistyped. Further rows of JSON lines may lack some.
   *
   * @throws UserException naming the first that is neither in the input nor in the prediction
   */
  public void requireColumns(Example example, Prediction prediction) {
    Map<String, Object> row = all(example, prediction);
    probabilities.keepIn(row);
    for (OutputColumn column : columns) {
      if (column.in(row).isEmpty() && !row.containsKey(column.source())) {
        throw new UserException(
            "--columns %s: the input has no such column, and the prediction no such field; there are: %s"
                .formatted(column, String.join(", ", row.keySet())));
      }
    }
  }

  /** The columns that hold the likeliest probabilities alone, of other labels in each row. */
  Set<String> likeliest() {
    if (!probabilities.areLikeliest()) {
      return Set.of();
    }
    return columns.isEmpty()
        ? Set.of(Probabilities.FIELD)
        : columns.stream()
            .filter(column -> column.source().equals(Probabilities.FIELD))
            .map(OutputColumn::name)
            .collect(Collectors.toSet());
  }

  @Override
  public String toString() {
    return "--columns %s --probabilities %s%s"
        .formatted(
            columns.isEmpty()
                ? "all"
                : columns.stream().map(OutputColumn::toString).collect(Collectors.joining(",")),
            probabilities,
            formulas == Formulas.KEPT ? "" : " with formulas escaped");
  }
}
