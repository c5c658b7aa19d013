// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.models;

import dev.bertctl.core.output.RowLayout;
import dev.bertctl.runtime.predict.Predictor;
import dev.bertctl.runtime.predict.Prepared;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.InputColumn;
import dev.bertctl.spi.decode.Prediction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A row that a model's task takes, for its documentation. To make its prediction also warms the
 * model up: the first request need not.
 *
 * @param row values by column
 * @param prediction what is predicted for it
 */
public record SampleRow(Map<String, Object> row, Map<String, Object> prediction) {

  private static final String TEXT = "The museum in Paris opens at nine.";

  /** Texts for columns that many tasks have. */
  private static final Map<String, String> TEXTS =
      Map.of(
          "premise", "A man is playing a guitar on a stage.",
          "hypothesis", "A man is making music.",
          "sentence1", "The museum opens at nine.",
          "sentence2", "Visitors are let in from nine o'clock.",
          "question", "When does the museum open?",
          "context", "The museum in Paris opens at nine. On Mondays it is closed.");

  /** Rows of tasks that do not say what columns they read. */
  private static final List<Map<String, Object>> OTHERS =
      List.of(
          Map.of("text", TEXT),
          Map.of("text", "The museum in [MASK] opens at nine."),
          row(
              "context",
              TEXT,
              "question",
              "When does it open?",
              "choices",
              List.of("At nine.", "At noon.")),
          Map.of("words", List.of("The", "museum", "in", "Paris", "opens", "at", "nine", ".")),
          row("first", TEXT, "second", "On Mondays it is closed."));

  /** Columns and values in turn, in their order. */
  private static Map<String, Object> row(Object... columns) {
    Map<String, Object> row = new LinkedHashMap<>();
    for (int i = 0; i < columns.length; i += 2) {
      row.put(columns[i].toString(), columns[i + 1]);
    }
    return row;
  }

  /** Keeps the columns' order. */
  public SampleRow {
    row = Collections.unmodifiableMap(new LinkedHashMap<>(row));
    prediction = Collections.unmodifiableMap(new LinkedHashMap<>(prediction));
  }

  /** The first of some usual rows that the task takes; empty if it takes none of them. */
  static Optional<SampleRow> of(Predictor<Prediction> predictor) {
    for (Map<String, Object> row : candidates(predictor)) {
      try {
        Prepared prepared = predictor.prepare(row);
        Prediction prediction = predictor.compute(prepared);
        return Optional.of(new SampleRow(row, RowLayout.ALL.row(prepared.example(), prediction)));
      } catch (DataException e) {
        // Another task's row.
      }
    }
    return Optional.empty();
  }

  private static List<Map<String, Object>> candidates(Predictor<Prediction> predictor) {
    Map<String, Object> declared = new LinkedHashMap<>();
    for (InputColumn column : predictor.columns()) {
      if (column.required() && !column.kind().isGold()) {
        String name = column.column().name();
        declared.put(
            predictor.columnNames().getOrDefault(name, name), TEXTS.getOrDefault(name, TEXT));
      }
    }
    List<Map<String, Object>> all = new ArrayList<>();
    if (!declared.isEmpty()) {
      all.add(declared);
    }
    all.addAll(OTHERS);
    return all;
  }
}
