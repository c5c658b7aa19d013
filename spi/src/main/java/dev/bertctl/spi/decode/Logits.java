// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.decode;

import java.util.Arrays;

/**
 * The head's output for one feature, row-major, padding already removed.
 *
 * @param values rows times columns values
 * @param rows 1 for a classifier, T for a tagger or a span head, C for choices
 * @param columns L labels; 2 (start, end) for a span head; 1 for choices
 */
public record Logits(float[] values, int rows, int columns) {

  /** One value. */
  public float at(int row, int column) {
    return values[row * columns + column];
  }

  /** A copy of one row. */
  public float[] row(int row) {
    return Arrays.copyOfRange(values, row * columns, (row + 1) * columns);
  }
}
