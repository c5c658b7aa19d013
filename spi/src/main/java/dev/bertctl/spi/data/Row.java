// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.data;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One row of a CSV, TSV or JSON-lines file; columns are found by {@link Column}.
 *
 * <p>The values of columns that a task calls {@code label}, {@code labels}, {@code tag}, {@code
 * tags} or {@code predicted} have no invisible characters at their edges, and are the labels that
 * the user's {@code label-synonyms} declare them to be.
 *
 * <p>Of the line {@code Go.,yes} under the header {@code text,label}, {@code
 * get(Column.named("label"))} is {@code yes}, and {@code find(Column.named("id"))} is empty.
 *
 * <p>Used by one thread.
 */
public interface Row {

  /** {@return file and line} */
  Location location();

  /**
   * {@return all columns in the file's order under the file's own names: strings for CSV and TSV,
   * plain Java values (see {@link DataFile#json()}) for JSON lines, as they stand there: nulls, NaN
   * and spellings of labels included. They are passed through to the predictions, and judged by
   * nobody}
   */
  Map<String, Object> columns();

  /**
   * {@return whether the file has such a column; for JSON lines, whether the row has it}
   *
   * @param column the column
   */
  boolean has(Column column);

  /**
   * The value of a column, as text.
   *
   * @param column the column
   * @return empty if the file has no such column, or the row no value in it
   */
  Optional<String> find(Column column);

  /**
   * {@return the value of a column, as text}
   *
   * @param column the column
   * @throws DataException if there is no such column, with the columns there are and how to map one
   */
  String get(Column column);

  /**
   * {@return the value of a column, as text; an empty one where this row says that it has none, by
   * an empty cell or a JSON {@code null}}
   *
   * @param column the column
   * @throws DataException if there is no such column
   */
  default String textOrEmpty(Column column) {
    return isNull(column) ? "" : get(column);
  }

  /**
   * {@return a value of a column, as text}
   *
   * @param location file and line
   * @param column the column's name in the file
   * @param value the value: text, a number or a boolean
   * @throws DataException if the value is a JSON object or list
   */
  static String text(Location location, String column, Object value) {
    if (value instanceof Map || value instanceof List) {
      throw new DataException(
          location,
          "column '%s' holds a JSON %s where a text is needed"
              .formatted(column, value instanceof Map ? "object" : "list"));
    }
    return value.toString();
  }

  /**
   * {@return the value of a column as it is: text for CSV and TSV, a plain Java value for JSON
   * lines}
   *
   * @param column the column
   * @throws DataException if there is no such column
   */
  Object value(Column column);

  /**
   * {@return whether this row of a table ends before a column that the table has: it was cut off,
   * most often by a line break within a text}
   *
   * @param column the column
   */
  default boolean endsBefore(Column column) {
    return false;
  }

  /**
   * {@return whether this row of JSON lines has the column with a {@code null}, which says as an
   * empty cell does that there is no value; the other methods see no such column}
   *
   * @param column the column
   */
  default boolean isNull(Column column) {
    return false;
  }
}
