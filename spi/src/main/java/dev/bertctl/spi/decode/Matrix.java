// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.decode;

import java.util.Arrays;

/**
 * One of a head's outputs for one feature, row-major, padding already removed.
 *
 * <p>The values (1, 2, 3, 4) with 2 rows and 2 columns have 3 at row 1, column 0.
 *
 * @param values rows times columns values
 * @param rows as the output's {@link dev.bertctl.spi.head.Layout} says: 1 for a feature, T for its
 *     tokens, C for its choices, K for its positions
 * @param columns such as L labels, or 2 (start, end) of a span head
 */
public record Matrix(float[] values, int rows, int columns) {

  /**
   * {@return one value}
   *
   * @param row from 0 to {@code rows} - 1
   * @param column from 0 to {@code columns} - 1
   */
  public float at(int row, int column) {
    return values[row * columns + column];
  }

  /**
   * {@return a copy of one row}
   *
   * @param row from 0 to {@code rows} - 1
   */
  public float[] row(int row) {
    return Arrays.copyOfRange(values, row * columns, (row + 1) * columns);
  }
}
