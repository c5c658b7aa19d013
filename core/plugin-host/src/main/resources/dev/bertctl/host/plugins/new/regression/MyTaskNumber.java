package org.example.mytask;

import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.Row;

/** Reads numbers of rows. */
final class MyTaskNumber {

  private MyTaskNumber() {}

  static double in(Row row, Column column) {
    String text = row.get(column).strip();
    try {
      double number = Double.parseDouble(text);
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below, as are NaN and the infinities.
    }
    throw new DataException(
        row.location(),
        "'%s' of column '%s' is no number; correct it".formatted(text, column.name()));
  }
}
