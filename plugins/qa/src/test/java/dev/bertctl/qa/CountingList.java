// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.qa;

import java.util.AbstractList;
import java.util.List;

/** Counts how often an element is looked at. */
final class CountingList<T> extends AbstractList<T> {

  private final List<T> list;
  private long looks;

  CountingList(List<T> list) {
    this.list = list;
  }

  @Override
  public T get(int index) {
    looks++;
    return list.get(index);
  }

  @Override
  public int size() {
    return list.size();
  }

  long looks() {
    return looks;
  }
}
