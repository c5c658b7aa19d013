// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.distributed;

import dev.bertctl.runtime.graph.Bucket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;

/** Sums up what several processes have of a slice. */
abstract class Sum {

  static Sum of(Bucket like, Slice slice) {
    return like.rows().isEmpty()
        ? new OfNumbers(slice.to() - slice.from())
        : new OfRows(like.height(), like.width(), slice);
  }

  abstract void add(Bucket part);

  abstract Bucket bucket();

  private static void addTo(float[] part, float[] sums, int at, int count) {
    for (int i = 0; i < count; i++) {
      sums[at + i] += part[i];
    }
  }

  private static final class OfNumbers extends Sum {

    /** So many are copied into arrays and back: of arrays Java adds several numbers at once. */
    private static final int BLOCK = 4096;

    private final ByteBuffer bytes;
    private final FloatBuffer sums;
    private final float[] part = new float[BLOCK];
    private final float[] sum = new float[BLOCK];
    private boolean begun;

    OfNumbers(int count) {
      this.bytes = ByteBuffer.allocate(Float.BYTES * count).order(ByteOrder.LITTLE_ENDIAN);
      this.sums = bytes.asFloatBuffer();
    }

    @Override
    void add(Bucket added) {
      FloatBuffer numbers = added.numbers();
      if (!begun) {
        begun = true;
        sums.put(0, numbers, 0, sums.limit());
        return;
      }
      for (int at = 0; at < sums.limit(); at += BLOCK) {
        int count = Math.min(BLOCK, sums.limit() - at);
        numbers.get(at, part, 0, count);
        sums.get(at, sum, 0, count);
        addTo(part, sum, 0, count);
        sums.put(at, sum, 0, count);
      }
    }

    @Override
    Bucket bucket() {
      return Bucket.of(bytes);
    }
  }

  /** Rows come in the order in which they are first seen. */
  private static final class OfRows extends Sum {

    private static final int NOWHERE = -1;

    private final int height;
    private final int width;
    private final int from;
    private final int[] places;
    private final float[] part;
    private int[] rows = new int[16];
    private float[] sums;
    private int count;

    OfRows(int height, int width, Slice slice) {
      this.height = height;
      this.width = width;
      this.from = slice.from();
      this.places = new int[slice.to() - slice.from()];
      this.part = new float[width];
      this.sums = new float[rows.length * width];
      Arrays.fill(places, NOWHERE);
    }

    @Override
    void add(Bucket added) {
      FloatBuffer numbers = added.numbers();
      for (int row : added.rows().orElseThrow()) {
        if (places[row - from] == NOWHERE) {
          places[row - from] = place(row);
        }
        numbers.get(part);
        addTo(part, sums, places[row - from] * width, width);
      }
    }

    private int place(int row) {
      if (count == rows.length) {
        rows = Arrays.copyOf(rows, 2 * count);
        sums = Arrays.copyOf(sums, 2 * count * width);
      }
      rows[count] = row;
      return count++;
    }

    @Override
    Bucket bucket() {
      return Bucket.ofRows(
          height,
          width,
          Arrays.copyOf(rows, count),
          Bucket.bytes(FloatBuffer.wrap(sums, 0, count * width)));
    }
  }
}
