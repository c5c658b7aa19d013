// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.distributed;

import dev.bertctl.runtime.graph.Bucket;
import dev.bertctl.runtime.weights.ElementType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * That part of buckets which one process sums up for all.
 *
 * @param from the first row, or number, of it
 * @param to one after the last
 */
record Slice(int from, int to) {

  /** The slice of a process: of all alike, as far as that goes. */
  static Slice of(Bucket bucket, int process, int processes) {
    return new Slice(
        (int) ((long) bucket.height() * process / processes),
        (int) ((long) bucket.height() * (process + 1) / processes));
  }

  /** What a bucket has of it. */
  Bucket in(Bucket bucket) {
    if (bucket.rows().isEmpty()) {
      return Bucket.of(Arrays.copyOfRange(bucket.values(), from, to));
    }
    int[] all = bucket.rows().get();
    int[] rows = new int[all.length];
    float[] values = new float[bucket.values().length];
    int count = 0;
    for (int i = 0; i < all.length; i++) {
      if (all[i] >= from && all[i] < to) {
        rows[count] = all[i];
        System.arraycopy(
            bucket.values(), i * bucket.width(), values, count * bucket.width(), bucket.width());
        count++;
      }
    }
    return Bucket.ofRows(
        bucket.height(),
        bucket.width(),
        Arrays.copyOf(rows, count),
        Arrays.copyOf(values, count * bucket.width()));
  }

  /**
   * A bucket as bytes: of a table the number of rows, and the rows, before the values.
   *
   * @param type of the values
   */
  static ByteBuffer encode(Bucket bucket, ElementType type) {
    int[] rows = bucket.rows().orElse(new int[0]);
    int header = bucket.rows().isPresent() ? Integer.BYTES * (1 + rows.length) : 0;
    ByteBuffer bytes =
        ByteBuffer.allocate(header + type.bytes() * bucket.values().length)
            .order(ByteOrder.LITTLE_ENDIAN);
    if (bucket.rows().isPresent()) {
      bytes.putInt(rows.length);
      bytes.asIntBuffer().put(rows);
      bytes.position(header);
    }
    type.store(FloatBuffer.wrap(bucket.values()), bytes);
    return bytes.rewind();
  }

  /**
   * What {@link #encode} wrote.
   *
   * @param like a bucket of the same parameters
   */
  static Bucket decode(ByteBuffer bytes, Bucket like, ElementType type) {
    ByteBuffer ordered = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    if (like.rows().isEmpty()) {
      return Bucket.of(values(ordered, type));
    }
    int[] rows = new int[ordered.getInt()];
    ordered.asIntBuffer().get(rows);
    ordered.position(ordered.position() + Integer.BYTES * rows.length);
    return Bucket.ofRows(like.height(), like.width(), rows, values(ordered, type));
  }

  private static float[] values(ByteBuffer bytes, ElementType type) {
    FloatBuffer floats = type.floats(bytes.slice().order(ByteOrder.LITTLE_ENDIAN));
    float[] values = new float[floats.remaining()];
    floats.get(values);
    return values;
  }
}
