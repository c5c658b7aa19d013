// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights.pickle;

import dev.bertctl.runtime.files.FileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The values that a pickle works on, and marks among them. */
final class PickleStack {

  private final Path file;
  private final List<Object> values = new ArrayList<>();
  // Where the values above each mark begin; the innermost last.
  private final List<Integer> marks = new ArrayList<>();

  /**
   * @param file the pickle's, for errors
   */
  PickleStack(Path file) {
    this.file = file;
  }

  void mark() {
    marks.add(values.size());
  }

  void push(Object value) {
    values.add(value);
  }

  Object pop() {
    return pop(1).get(0);
  }

  /** The uppermost values, in the order in which they were pushed. */
  List<Object> pop(int number) {
    require(number);
    return removeFrom(values.size() - number);
  }

  /** The values above the innermost mark, which is removed, too. */
  List<Object> popToMark() {
    if (marks.isEmpty()) {
      throw exhausted();
    }
    return removeFrom(marks.remove(marks.size() - 1));
  }

  Object top() {
    require(1);
    return values.get(values.size() - 1);
  }

  /** The uppermost value, which is of a type. */
  <T> T top(Class<T> type) {
    Object value = top();
    if (!type.isInstance(value)) {
      throw FileException.damaged(file, "its pickle adds items to what is no container");
    }
    return type.cast(value);
  }

  /** The only value left. */
  Object last() {
    if (values.size() != 1 || !marks.isEmpty()) {
      throw FileException.damaged(file, "its pickle does not end in one value");
    }
    return values.get(0);
  }

  private List<Object> removeFrom(int index) {
    List<Object> upper = values.subList(index, values.size());
    List<Object> removed = new ArrayList<>(upper);
    upper.clear();
    return removed;
  }

  /** Values below the innermost mark are out of reach. */
  private void require(int number) {
    int bottom = marks.isEmpty() ? 0 : marks.get(marks.size() - 1);
    if (values.size() - number < bottom) {
      throw exhausted();
    }
  }

  private FileException exhausted() {
    return FileException.damaged(file, "its pickle takes a value where there is none");
  }
}
