// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Optional;

/**
 * Numbers that processes exchange together: those of several parameters one after the other, or of
 * a table of embeddings those rows that are not all zeros. They are the bytes that are sent: each
 * copy of millions of numbers takes about as long as sending them.
 *
 * @param height how many rows there are in all; of numbers that are no table, how many numbers
 * @param width numbers of a row; 1 of numbers that are no table
 * @param rows which rows of a table they are, in any order; empty if they are no table
 * @param values row after row, float32, little-endian; whoever has the bucket leaves them as they
 *     are
 */
public record Bucket(int height, int width, Optional<int[]> rows, ByteBuffer values) {

  /** Takes the bytes from position to limit. */
  public Bucket {
    values = values.slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Numbers that are no table.
   *
   * @param values float32, little-endian
   */
  public static Bucket of(ByteBuffer values) {
    return new Bucket(values.remaining() / Float.BYTES, 1, Optional.empty(), values);
  }

  /**
   * Rows of a table.
   *
   * @param values float32, little-endian
   */
  public static Bucket ofRows(int height, int width, int[] rows, ByteBuffer values) {
    return new Bucket(height, width, Optional.of(rows), values);
  }

  /** A copy of numbers as a bucket has them. */
  public static ByteBuffer bytes(FloatBuffer numbers) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * numbers.remaining()).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(numbers.duplicate());
    return bytes;
  }

  /** The values. */
  public FloatBuffer numbers() {
    return values.asFloatBuffer();
  }
}
