// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.distributed;

import dev.bertctl.runtime.graph.Bucket;
import dev.bertctl.runtime.weights.ElementType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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

  /** What a bucket has of it; of numbers that are no table no copy. */
  Bucket in(Bucket bucket) {
    if (bucket.rows().isEmpty()) {
      return Bucket.of(bucket.values().slice(Float.BYTES * from, Float.BYTES * (to - from)));
    }
    int[] all = bucket.rows().get();
    int[] rows = Arrays.stream(all).filter(this::has).toArray();
    int row = Float.BYTES * bucket.width();
    ByteBuffer values = ByteBuffer.allocate(row * rows.length);
    for (int i = 0; i < all.length; i++) {
      if (has(all[i])) {
        values.put(bucket.values().slice(row * i, row));
      }
    }
    return Bucket.ofRows(bucket.height(), bucket.width(), rows, values.flip());
  }

  private boolean has(int row) {
    return row >= from && row < to;
  }

  /**
   * A bucket as bytes: of a table the number of rows, and the rows, before the values. Numbers that
   * are sent as they are kept are not copied.
   *
   * @param type of the values
   */
  static ByteBuffer encode(Bucket bucket, ElementType type) {
    if (bucket.rows().isEmpty() && type == ElementType.F32) {
      return bucket.values().duplicate();
    }
    int[] rows = bucket.rows().orElse(new int[0]);
    int header = bucket.rows().isPresent() ? Integer.BYTES * (1 + rows.length) : 0;
    ByteBuffer bytes =
        ByteBuffer.allocate(header + type.bytes() * bucket.numbers().remaining())
            .order(ByteOrder.LITTLE_ENDIAN);
    if (bucket.rows().isPresent()) {
      bytes.putInt(rows.length);
      bytes.asIntBuffer().put(rows);
      bytes.position(header);
    }
    type.store(bucket.numbers(), bytes);
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

  private static ByteBuffer values(ByteBuffer bytes, ElementType type) {
    return type == ElementType.F32
        ? bytes
        : Bucket.bytes(type.floats(bytes.slice().order(ByteOrder.LITTLE_ENDIAN)));
  }
}
