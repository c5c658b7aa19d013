// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights.pickle;

import java.util.Optional;

/** A text too long to be a name; arrays are stored so up to protocol 2. */
final class LongText {

  private final PickledBytes utf8;
  // A pickle may encode one text over and over.
  private Optional<PickledBytes> encoded;

  LongText(PickledBytes utf8) {
    this.utf8 = utf8;
  }

  /** See {@link PickledBytes#latin1(PickledBytes)}. */
  Optional<PickledBytes> latin1() {
    if (encoded == null) {
      encoded = PickledBytes.latin1(utf8);
    }
    return encoded;
  }
}
