// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights.formats;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.weights.pickle.PickledTensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Weights that are views of the same storage. Tied ones are the same view, parts of one are views
 * that share nothing; views that share some numbers but not all are what no model has.
 */
final class SharedStorages {

  private final Path file;
  private final Map<String, List<Named>> storages = new LinkedHashMap<>();

  /**
   * @param file for errors
   */
  SharedStorages(Path file) {
    this.file = file;
  }

  private record Named(String name, PickledTensor tensor, StridedView view) {}

  void add(String name, PickledTensor tensor, StridedView view) {
    List<Named> views = storages.computeIfAbsent(tensor.storage().key(), key -> new ArrayList<>(1));
    if (!views.isEmpty() && views.get(0).tensor.type() != tensor.type()) {
      throw FileException.damaged(
          file,
          "weights "
              + views.get(0).name
              + " and "
              + name
              + " share storage "
              + tensor.storage().key()
              + ", but not their type");
    }
    if (view.count() > 0) {
      views.add(new Named(name, tensor, view));
    }
  }

  /**
   * Compares the views of each storage.
   *
   * @throws UserException if some share a part of their numbers
   */
  void check() {
    storages.values().forEach(this::check);
  }

  private void check(List<Named> views) {
    views.sort(
        Comparator.<Named>comparingLong(named -> named.view.offset())
            .thenComparing(named -> named.view.extent(), Comparator.reverseOrder()));
    // Those whose extents are linked, one with the next, and which are not the same.
    List<Named> linked = new ArrayList<>();
    Set<Object> known = new HashSet<>();
    long end = -1;
    for (Named next : views) {
      if (next.view.offset() >= end) {
        checkLinked(linked);
        linked.clear();
      }
      if (known.add(next.view.numbers())) {
        linked.add(next);
      }
      end = Math.max(end, next.view.end());
    }
    checkLinked(linked);
  }

  private void checkLinked(List<Named> linked) {
    if (linked.size() < 2) {
      return;
    }
    long base = linked.get(0).view.offset();
    BitSet numbers = new BitSet();
    for (Named next : linked) {
      if (next.view.end() - base > Integer.MAX_VALUE || !next.view.addTo(numbers, base)) {
        throw new UserException(
            file
                + ": weight "
                + next.name
                + " shares a part of its numbers with another weight of storage "
                + next.tensor.storage().key()
                + "; save copies of both, by .clone()");
      }
    }
  }
}
