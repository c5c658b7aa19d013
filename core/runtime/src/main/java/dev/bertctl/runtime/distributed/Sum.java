// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.distributed;

import dev.bertctl.runtime.graph.Bucket;
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

  private static void addTo(float[] part, int at, float[] sums, int to, int count) {
    for (int i = 0; i < count; i++) {
      sums[to + i] += part[at + i];
    }
  }

  private static final class OfNumbers extends Sum {

    private final float[] sums;

    OfNumbers(int count) {
      this.sums = new float[count];
    }

    @Override
    void add(Bucket part) {
      addTo(part.values(), 0, sums, 0, sums.length);
    }

    @Override
    Bucket bucket() {
      return Bucket.of(sums);
    }
  }

  /** Rows come in the order in which they are first seen. */
  private static final class OfRows extends Sum {

    private static final int NOWHERE = -1;

    private final int height;
    private final int width;
    private final int from;
    private final int[] places;
    private int[] rows = new int[16];
    private float[] sums;
    private int count;

    OfRows(int height, int width, Slice slice) {
      this.height = height;
      this.width = width;
      this.from = slice.from();
      this.places = new int[slice.to() - slice.from()];
      this.sums = new float[rows.length * width];
      Arrays.fill(places, NOWHERE);
    }

    @Override
    void add(Bucket part) {
      int[] added = part.rows().orElseThrow();
      for (int i = 0; i < added.length; i++) {
        if (places[added[i] - from] == NOWHERE) {
          places[added[i] - from] = place(added[i]);
        }
        addTo(part.values(), i * width, sums, places[added[i] - from] * width, width);
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
          height, width, Arrays.copyOf(rows, count), Arrays.copyOf(sums, count * width));
    }
  }
}
