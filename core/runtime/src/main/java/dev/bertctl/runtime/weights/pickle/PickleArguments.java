// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights.pickle;

import dev.bertctl.runtime.files.FileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * What a pickle passes to something it calls, or sets the state of.
 *
 * @param file the pickle's, for errors
 * @param of what it is passed to, for errors
 * @param values of any type and number
 * @param work counts what is copied, so that a short pickle cannot have much copied
 */
record PickleArguments(Path file, String of, List<Object> values, IntConsumer work) {

  /** More than weights have; bounds what a description of a tensor takes. */
  private static final int MOST_DIMENSIONS = 8;

  boolean isEmpty() {
    return values.isEmpty();
  }

  /** An argument of a type. */
  <T> T get(int index, Class<T> type) {
    if (index >= values.size() || !type.isInstance(values.get(index))) {
      throw unfit();
    }
    return type.cast(values.get(index));
  }

  /** Whether there is an argument, and it is of a type. */
  boolean has(int index, Class<?> type) {
    return index < values.size() && type.isInstance(values.get(index));
  }

  /** A size, offset or stride. */
  long size(int index) {
    return size(get(index, Long.class));
  }

  /** A tuple of sizes or strides, one for each dimension. */
  List<Long> sizes(int index) {
    List<Object> items = get(index, PickleList.class).items();
    if (items.size() > MOST_DIMENSIONS) {
      throw FileException.damaged(
          file,
          "its pickle has a tensor of "
              + items.size()
              + " dimensions; those of weights are "
              + MOST_DIMENSIONS
              + " at most");
    }
    List<Long> sizes = new ArrayList<>(items.size());
    for (Object item : items) {
      sizes.add(size(item));
    }
    return List.copyOf(sizes);
  }

  private long size(Object value) {
    if (value instanceof Long size && size >= 0) {
      return size;
    }
    throw unfit();
  }

  FileException unfit() {
    return FileException.damaged(file, "its pickle passes unfit arguments to " + of);
  }
}
