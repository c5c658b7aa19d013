// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.decode;

import java.util.Arrays;

/**
 * The head's output for one feature, row-major, padding already removed.
 *
 * <p>The values (1, 2, 3, 4) with 2 rows and 2 columns have 3 at row 1, column 0.
 *
 * @param values rows times columns values
 * @param rows 1 for a classifier, T for a tagger or a span head, C for choices
 * @param columns L labels; 2 (start, end) for a span head; 1 for choices
 */
public record Logits(float[] values, int rows, int columns) {

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
