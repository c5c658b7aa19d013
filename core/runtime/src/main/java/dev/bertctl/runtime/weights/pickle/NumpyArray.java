// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights.pickle;

import java.util.List;
import java.util.Optional;

/** A {@code numpy.ndarray}: made empty, then told its content. */
public final class NumpyArray {

  private Optional<Content> content = Optional.empty();

  NumpyArray() {}

  NumpyArray(Content content) {
    this.content = Optional.of(content);
  }

  /**
   * What an array holds.
   *
   * @param shape dimensions, none negative
   * @param fortran whether the first index changes fastest, not the last
   * @param data the numbers; whether they are as many as the shape says has not been checked
   */
  public record Content(NumpyType type, List<Long> shape, boolean fortran, PickledBytes data) {}

  /** Empty if the file never says it, or if it holds Python objects. */
  public Optional<Content> content() {
    return content;
  }

  void content(Content content) {
    this.content = Optional.of(content);
  }
}
