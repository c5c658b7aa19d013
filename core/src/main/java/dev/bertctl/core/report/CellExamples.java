// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.report;

import dev.bertctl.spi.decode.ExampleView;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Examples of each cell of a confusion matrix: those whose prediction is surest. Of many labels
 * there are fewer of each, and in the end only of the cells with the most errors; of very many
 * labels there are none, as nobody could look at them.
 */
final class CellExamples {

  /** Examples of a cell. */
  private static final int MOST = 10;

  /** Examples of all cells that a report can show and stay small. */
  private static final int MOST_IN_ALL = 300;

  private static final int FEW_LABELS = 30;
  private static final int MANY_LABELS = 100;

  private final Set<String> labels;
  private final int most;
  private final Map<Cell, Kept> cells = new LinkedHashMap<>();

  /**
   * @param labels of the matrix; none where there is none
   */
  CellExamples(List<String> labels) {
    this.labels = labels.size() > MANY_LABELS ? Set.of() : Set.copyOf(labels);
    this.most = labels.size() > FEW_LABELS ? 2 : MOST;
  }

  void add(ExampleView view, Supplier<ShownExample> example) {
    view.gold()
        .filter(labels::contains)
        .filter(gold -> labels.contains(view.predicted()))
        .ifPresent(
            gold ->
                cells
                    .computeIfAbsent(new Cell(gold, view.predicted()), cell -> new Kept(most))
                    .add(view.confidence().orElse(0), example));
  }

  /** The examples of cells by gold label and predicted one; the cells with most errors first. */
  Map<String, Map<String, List<ShownExample>>> chosen() {
    int each = Math.max(1, Math.min(most, MOST_IN_ALL / Math.max(1, cells.size())));
    Map<String, Map<String, List<ShownExample>>> chosen = new LinkedHashMap<>();
    cells.entrySet().stream()
        .sorted(
            Comparator.comparing((Map.Entry<Cell, Kept> entry) -> entry.getKey().isRight())
                .thenComparing(entry -> -entry.getValue().count))
        .limit(MOST_IN_ALL / each)
        .forEach(
            entry ->
                chosen
                    .computeIfAbsent(entry.getKey().gold(), gold -> new LinkedHashMap<>())
                    .put(
                        entry.getKey().predicted(),
                        entry.getValue().examples.items().stream().limit(each).toList()));
    return chosen;
  }

  private record Cell(String gold, String predicted) {

    boolean isRight() {
      return gold.equals(predicted);
    }
  }

  private static final class Kept {
    private final Ranking<ShownExample> examples;
    private long count;

    Kept(int most) {
      examples = new Ranking<>(most);
    }

    void add(double confidence, Supplier<ShownExample> example) {
      examples.add(confidence, 0, example);
      count++;
    }
  }
}
