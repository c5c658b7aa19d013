// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.spi.metric.Detail;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An evaluation as a report has it: what was found, and the examples that are shown. */
final class EvaluationFacts {

  /** Labels of a matrix that a screen has room for. */
  private static final int MOST_LABELS = 30;

  private static final int MOST_PAIRS = 50;

  private EvaluationFacts() {}

  /**
   * As plain values.
   *
   * @param split what was evaluated
   * @param primary the metric's most important value
   * @param shown what {@link dev.bertctl.core.report.ExampleCollector#facts} gave
   */
  static Map<String, Object> of(
      String split, String primary, EvaluationResult result, Map<String, Object> shown) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("split", split);
    facts.put("examples", result.examples());
    facts.put("primary", primary);
    facts.put("metrics", result.metrics());
    facts.put("loss", result.loss());
    if (result.losses().size() > 1) {
      facts.put("losses", result.losses());
    }
    ConfusionFacts.of(result.details()).ifPresent(found -> facts.put("baseline", found.fields()));
    Map<String, Object> numbers = new LinkedHashMap<>();
    List<Map<String, Object>> tables = new ArrayList<>();
    for (Detail detail : result.details()) {
      if (detail instanceof Detail.Value value) {
        numbers.put(value.name(), value.value());
      } else if (detail instanceof Detail.Table table) {
        tables.add(table(table));
      } else if (detail instanceof Detail.Confusion matrix) {
        facts.put("confusion", confusion(matrix, shown));
      }
    }
    facts.put("numbers", numbers);
    facts.put("tables", tables);
    if (!result.tuned().isEmpty()) {
      facts.put("tuned", result.tuned());
    }
    Map<String, Object> rest = new LinkedHashMap<>(shown);
    rest.remove("cells");
    facts.put("shown", rest);
    return facts;
  }

  /** Rows may have numbers of other names; what a row does not have is nothing. */
  private static Map<String, Object> table(Detail.Table table) {
    List<String> columns =
        table.rows().values().stream().flatMap(row -> row.keySet().stream()).distinct().toList();
    List<Map<String, Object>> rows = new ArrayList<>();
    table
        .rows()
        .forEach(
            (name, numbers) -> {
              List<Object> cells = new ArrayList<>();
              columns.forEach(column -> cells.add(numbers.get(column)));
              rows.add(row("name", name, "cells", cells));
            });
    return row("name", table.name(), "columns", columns, "rows", rows);
  }

  /**
   * The matrix; of many labels, whose matrix nobody can read, the most frequent errors instead as
   * {@code pairs}.
   */
  private static Map<String, Object> confusion(Detail.Confusion matrix, Map<String, Object> shown) {
    List<Map<String, Object>> rows = new ArrayList<>();
    List<Map<String, Object>> pairs = new ArrayList<>();
    for (int gold = 0; gold < matrix.labels().size(); gold++) {
      String label = matrix.labels().get(gold);
      List<Long> counts = matrix.counts().get(gold);
      long all = counts.stream().mapToLong(Long::longValue).sum();
      List<Map<String, Object>> cells = new ArrayList<>();
      for (int predicted = 0; predicted < counts.size(); predicted++) {
        Map<String, Object> cell =
            row(
                "predicted",
                matrix.labels().get(predicted),
                "count",
                counts.get(predicted),
                "share",
                all == 0 ? 0. : (double) counts.get(predicted) / all,
                "examples",
                examples(shown, label, matrix.labels().get(predicted)));
        cells.add(cell);
        if (gold != predicted && counts.get(predicted) > 0) {
          Map<String, Object> pair = row("gold", label);
          pair.putAll(cell);
          pairs.add(pair);
        }
      }
      rows.add(row("gold", label, "all", all, "cells", cells));
    }
    if (matrix.labels().size() <= MOST_LABELS) {
      return row("labels", matrix.labels(), "rows", rows);
    }
    return row(
        "labels",
        matrix.labels(),
        "pairs",
        pairs.stream()
            .sorted(
                Comparator.comparing((Map<String, Object> pair) -> (Long) pair.get("count"))
                    .reversed())
            .limit(MOST_PAIRS)
            .toList());
  }

  /** Places of the examples of a cell. */
  private static Object examples(Map<String, Object> shown, String gold, String predicted) {
    return shown.get("cells") instanceof Map<?, ?> cells
            && cells.get(gold) instanceof Map<?, ?> row
            && row.get(predicted) instanceof List<?> places
        ? places
        : List.of();
  }

  /** Keys and values in turn. */
  static Map<String, Object> row(Object... fields) {
    Map<String, Object> row = new LinkedHashMap<>();
    for (int i = 0; i < fields.length; i += 2) {
      row.put(fields[i].toString(), fields[i + 1]);
    }
    return row;
  }
}
