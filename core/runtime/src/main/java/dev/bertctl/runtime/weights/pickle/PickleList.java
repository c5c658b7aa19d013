// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights.pickle;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/** A list, tuple or set. Equal only to itself: it may contain itself. */
public final class PickleList {

  private final List<Object> items;

  PickleList(Collection<?> items) {
    this.items = new ArrayList<>(items);
  }

  /** Values of any type. */
  public List<Object> items() {
    return Collections.unmodifiableList(items);
  }

  void addAll(Collection<?> more) {
    items.addAll(more);
  }
}
