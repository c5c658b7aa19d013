// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The curves of a run, from its history. Of very long ones neighbouring lines are put together, and
 * a point is their mean.
 */
public final class Curves {

  /** Points that a screen can tell apart. */
  static final int MOST = 400;

  private static final List<String> TRAINING =
      List.of("loss", "learning_rate", "gradient_norm", "examples_per_second");

  private static final String EVALUATED = "eval_";

  private Curves() {}

  /**
   * Curves as plain values: {@code training} and {@code validation}, each with the steps and for
   * each name a value a step, which is null where there is none.
   *
   * @param history the lines of history.jsonl
   */
  public static Map<String, Object> of(List<JsonNode> history) {
    List<JsonNode> training = history.stream().filter(line -> line.has("loss")).toList();
    List<JsonNode> validation =
        history.stream().filter(line -> line.has(EVALUATED + "loss")).toList();
    Map<String, Object> curves = new LinkedHashMap<>();
    if (!training.isEmpty()) {
      int lines = (training.size() + MOST - 1) / MOST;
      Map<String, Object> fields = points(training, TRAINING, "", lines);
      fields.put("lines_a_point", lines);
      curves.put("training", fields);
    }
    if (!validation.isEmpty()) {
      curves.put("validation", points(validation, names(validation.get(0)), EVALUATED, 1));
    }
    return curves;
  }

  /** Losses by name are a map, of which the sum has a curve of its own. */
  private static List<String> names(JsonNode line) {
    return line.properties().stream()
        .filter(field -> !field.getValue().isContainerNode())
        .map(Map.Entry::getKey)
        .filter(name -> name.startsWith(EVALUATED))
        .map(name -> name.substring(EVALUATED.length()))
        .toList();
  }

  private static Map<String, Object> points(
      List<JsonNode> lines, List<String> names, String prefix, int linesEach) {
    Map<String, Object> fields = new LinkedHashMap<>();
    List<List<JsonNode>> groups = new ArrayList<>();
    for (int i = 0; i < lines.size(); i += linesEach) {
      groups.add(lines.subList(i, Math.min(lines.size(), i + linesEach)));
    }
    fields.put("step", groups.stream().map(group -> last(group).path("step").asLong()).toList());
    fields.put(
        "epoch", groups.stream().map(group -> last(group).path("epoch").asDouble()).toList());
    Map<String, List<Double>> values = new LinkedHashMap<>();
    for (String name : names) {
      List<Double> own = new ArrayList<>();
      groups.forEach(group -> own.add(mean(group, prefix + name)));
      values.put(name, own);
    }
    fields.put("series", values);
    return fields;
  }

  private static JsonNode last(List<JsonNode> group) {
    return group.get(group.size() - 1);
  }

  private static Double mean(List<JsonNode> group, String name) {
    double mean =
        group.stream()
            .filter(line -> line.path(name).isNumber())
            .mapToDouble(line -> line.path(name).doubleValue())
            .average()
            .orElse(Double.NaN);
    return Double.isNaN(mean) ? null : mean;
  }
}
