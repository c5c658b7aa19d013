// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.OptionalInt;

/** One weight, float32: in memory already, or read when its values are asked for. */
public sealed interface Weight permits WeightTensor, DeferredWeight {

  /** Canonical name, see {@link WeightTensor#name()}. */
  String name();

  /** Dimensions. */
  List<Integer> shape();

  /** Row-major values; the buffer's position is 0 and its limit the number of values. */
  FloatBuffer values();

  /** The same weight under another name. */
  Weight named(String name);

  /** Index of the first value that is NaN or infinite. */
  default OptionalInt firstNonFinite() {
    FloatBuffer values = values();
    // Arrays are searched much faster than buffers.
    float[] chunk = new float[1 << 13];
    for (int at = 0; at < values.limit(); at += chunk.length) {
      int length = Math.min(chunk.length, values.limit() - at);
      values.get(at, chunk, 0, length);
      int index = firstNonFinite(chunk, length);
      if (index < length) {
        return OptionalInt.of(at + index);
      }
    }
    return OptionalInt.empty();
  }

  private static int firstNonFinite(float[] values, int length) {
    int index = 0;
    while (index < length && Float.isFinite(values[index])) {
      index++;
    }
    return index;
  }
}
