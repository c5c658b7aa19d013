// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights.formats;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * The numbers of a storage that a tensor is made of.
 *
 * @param offset the first one
 * @param extent from the first to the last, both included; 0 if there are none
 * @param count how many they are
 * @param shape dimensions
 * @param strides of each dimension
 */
record StridedView(long offset, long extent, long count, List<Integer> shape, List<Long> strides) {

  /**
   * A view of a storage.
   *
   * @throws ArithmeticException if it is larger than any storage can be
   */
  static StridedView of(long offset, List<Long> sizes, List<Long> strides) {
    long count = 1;
    long last = 0;
    List<Integer> shape = new ArrayList<>();
    for (int i = 0; i < sizes.size(); i++) {
      long size = sizes.get(i);
      shape.add(Math.toIntExact(size));
      count = Math.multiplyExact(count, size);
      if (size > 1) {
        last = Math.addExact(last, Math.multiplyExact(size - 1, strides.get(i)));
      }
    }
    long extent = count == 0 ? 0 : Math.addExact(last, 1);
    Math.addExact(offset, extent);
    return new StridedView(offset, extent, count, List.copyOf(shape), strides);
  }

  /**
   * All numbers of an array.
   *
   * @param fortran whether the first index changes fastest, not the last
   * @throws ArithmeticException if it is larger than any file can be
   */
  static StridedView contiguous(List<Long> shape, boolean fortran) {
    Long[] strides = new Long[shape.size()];
    long stride = 1;
    for (int i = 0; i < strides.length; i++) {
      int dimension = fortran ? i : strides.length - 1 - i;
      strides[dimension] = stride;
      stride = Math.multiplyExact(stride, Math.max(shape.get(dimension), 1));
    }
    return of(0, shape, List.of(strides));
  }

  long end() {
    return offset + extent;
  }

  /** Whether the numbers follow each other in the storage, in whatever order. */
  private boolean isDense() {
    return count == extent;
  }

  /** Whether the last index goes through the storage number by number, without gaps. */
  private boolean isRowMajor() {
    long expected = 1;
    for (int i = shape.size() - 1; i >= 0; i--) {
      if (shape.get(i) > 1 && strides.get(i) != expected) {
        return false;
      }
      expected *= shape.get(i);
    }
    return true;
  }

  /**
   * Whether two indices may lead to one number. They cannot where each dimension steps over all
   * that those of smaller strides reach; no slice or transpose of a tensor is otherwise.
   */
  boolean mayRepeat() {
    List<Integer> dimensions = new ArrayList<>();
    for (int i = 0; i < shape.size(); i++) {
      if (shape.get(i) > 1) {
        dimensions.add(i);
      }
    }
    dimensions.sort(Comparator.comparing(strides::get));
    long reach = 1;
    for (int dimension : dimensions) {
      if (strides.get(dimension) < reach) {
        return count > 0;
      }
      reach += (shape.get(dimension) - 1) * strides.get(dimension);
    }
    return false;
  }

  /**
   * What views of the same numbers have in common: first and last where there are no gaps, in
   * whatever order and shape; otherwise everything.
   */
  List<Object> numbers() {
    return isDense() ? List.of(offset, extent) : List.of(offset, extent, shape, strides);
  }

  /**
   * Adds the numbers to a set of numbers.
   *
   * @param base the number of the storage that is the set's first
   * @return false if one was there already
   */
  boolean addTo(BitSet numbers, long base) {
    boolean[] repeated = new boolean[1];
    forEach(
        index -> {
          int bit = (int) (offset - base) + index;
          repeated[0] |= numbers.get(bit);
          numbers.set(bit);
        });
    return !repeated[0];
  }

  /**
   * The view's numbers in row-major order; not copied if they are in it already.
   *
   * @param numbers those of the storage from the view's first to its last
   */
  FloatBuffer rowMajor(FloatBuffer numbers) {
    if (isRowMajor()) {
      return numbers;
    }
    FloatBuffer gathered = FloatBuffer.allocate((int) count);
    forEach(index -> gathered.put(numbers.get(index)));
    return gathered.flip();
  }

  /** Counts through all indices, the last dimension fastest. */
  private void forEach(IntConsumer action) {
    int[] at = new int[shape.size()];
    long index = 0;
    for (long i = 0; i < count; i++) {
      action.accept((int) index);
      for (int d = at.length - 1; d >= 0; d--) {
        index += strides.get(d);
        if (++at[d] < shape.get(d)) {
          break;
        }
        index -= strides.get(d) * shape.get(d);
        at[d] = 0;
      }
    }
  }
}
