// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.comparison;

import dev.bertctl.runtime.UserException;
import dev.bertctl.spi.data.Example;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Sees to it that two runs predicted for the same examples, in the same order. */
final class SameExamples {

  private static final String REMEDY =
      "evaluate both on the same data, and compare the predictions that this writes";

  private SameExamples() {}

  /**
   * Compares the examples' columns.
   *
   * @throws UserException naming the first difference
   */
  static void require(
      List<? extends Example> first,
      String firstName,
      List<? extends Example> second,
      String secondName) {
    for (int i = 0; i < Math.min(first.size(), second.size()); i++) {
      Example one = first.get(i);
      Example other = second.get(i);
      Set<String> columns = new LinkedHashSet<>(one.columns().keySet());
      columns.addAll(other.columns().keySet());
      for (String column : columns) {
        Object mine = one.columns().get(column);
        Object theirs = other.columns().get(column);
        if (!Objects.equals(mine, theirs)) {
          throw new UserException(
              "%s and %s predicted for different examples: '%s' of example %d is %s at %s and %s at %s; %s"
                  .formatted(
                      firstName,
                      secondName,
                      column,
                      i + 1,
                      Shown.value(mine),
                      one.location(),
                      Shown.value(theirs),
                      other.location(),
                      REMEDY));
        }
      }
    }
    if (first.size() != second.size()) {
      throw new UserException(
          "%s and %s predicted for different examples: %d and %d of them; %s"
              .formatted(firstName, secondName, first.size(), second.size(), REMEDY));
    }
  }
}
