// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import java.util.Optional;

/**
 * Numbers that processes exchange together: those of several parameters one after the other, or of
 * a table of embeddings those rows that are not all zeros.
 *
 * @param height how many rows there are in all; of numbers that are no table, how many numbers
 * @param width numbers of a row; 1 of numbers that are no table
 * @param rows which rows of a table they are, in any order; empty if they are no table
 * @param values row after row
 */
public record Bucket(int height, int width, Optional<int[]> rows, float[] values) {

  /** Numbers that are no table. */
  public static Bucket of(float[] values) {
    return new Bucket(values.length, 1, Optional.empty(), values);
  }

  /** Rows of a table. */
  public static Bucket ofRows(int height, int width, int[] rows, float[] values) {
    return new Bucket(height, width, Optional.of(rows), values);
  }
}
