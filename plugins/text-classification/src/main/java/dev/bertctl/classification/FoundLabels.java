// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.classification;

import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.Invisible;
import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.data.Location;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The labels of training data: in alphabetical order, or in that of the numbers if all are numbers,
 * so that they do not depend on the order of the rows.
 *
 * <p>Of 10, 9, 2 the order is 2, 9, 10.
 */
final class FoundLabels {

  /** More are most likely texts, or numbers of a regression. */
  private static final int MOST = 1_000;

  private final Location file;
  private final Set<String> labels = new LinkedHashSet<>();

  /**
   * @param file where they are found
   */
  FoundLabels(Location file) {
    this.file = file;
  }

  /** Takes a label; the marks of "no gold label" are none. */
  void add(String label) {
    String name = Invisible.strip(label);
    if (!Labels.marksNoLabel(name) && labels.add(name) && labels.size() > MOST) {
      throw new DataException(
          file,
          "more than %,d different labels, such as %s; if the column holds none, name the one that does with data.columns.label; if it holds numbers to predict, the task is regression; if there are as many, list them in 'labels'"
              .formatted(MOST, labels.stream().limit(3).map(some -> "'" + some + "'").toList()));
    }
  }

  /**
   * All of them.
   *
   * @throws DataException if there is nothing to tell apart
   */
  List<String> inOrder() {
    if (labels.size() < 2) {
      throw new DataException(
          file,
          labels.isEmpty()
              ? "no row has a label, so there is nothing to learn; give data with labels"
              : "the only label is '%s', so there is nothing to tell apart; give data with others, or list all in 'labels'"
                  .formatted(labels.iterator().next()));
    }
    List<String> sorted = new ArrayList<>(labels);
    sorted.sort(
        labels.stream().allMatch(FoundLabels::isNumber)
            ? Comparator.comparingDouble(Double::parseDouble)
                .thenComparing(Comparator.naturalOrder())
            : Comparator.naturalOrder());
    return List.copyOf(sorted);
  }

  private static boolean isNumber(String label) {
    return label.matches("[+-]?\\d{1,15}(\\.\\d{1,15})?");
  }
}
