// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.classification;

import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.Row;
import java.util.Optional;

/** Reads numbers of rows. */
final class Numbers {

  private Numbers() {}

  /**
   * The number in a column; empty if the row has none.
   *
   * @throws DataException if there is no such column, or it holds something else
   */
  static Optional<Double> in(Row row, Column column) {
    String text = row.textOrEmpty(column).strip();
    return text.isEmpty() ? Optional.empty() : Optional.of(parsed(text, row, column.name()));
  }

  /**
   * A number that must be there.
   *
   * @param name what it is called, for the message
   */
  static double parsed(String text, Row row, String name) {
    try {
      double number = Double.parseDouble(text);
      if (Float.isFinite((float) number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw noNumber(text, row, name, e);
    }
    throw noNumber(text, row, name, null);
  }

  private static DataException noNumber(
      String text, Row row, String name, NumberFormatException cause) {
    DataException failure =
        new DataException(
            row.location(),
            "'%s' in '%s' is no number%s; correct the row"
                .formatted(
                    text, name, text.contains(",") ? " (decimals stand behind a point)" : ""));
    failure.initCause(cause);
    return failure;
  }
}
