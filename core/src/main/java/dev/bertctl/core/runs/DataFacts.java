// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A split as a report has it: what was read, left out and cut, labels, lengths. */
final class DataFacts {

  private static final int MOST_BINS = 30;

  private DataFacts() {}

  /**
   * As plain values.
   *
   * @param maxLength tokens of the longest sequence that is not cut
   */
  static Map<String, Object> of(SplitSummary split, int maxLength) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("split", split.name());
    facts.putAll(split.fields());
    List<Map<String, Object>> labels = new ArrayList<>();
    split
        .labels()
        .shares()
        .forEach(
            (label, share) ->
                labels.add(
                    EvaluationFacts.row(
                        "label",
                        label,
                        "count",
                        split.labels().counts().get(label),
                        "share",
                        share)));
    facts.put("labels", labels);
    Map<String, Object> lengths = new LinkedHashMap<>(split.lengths().fields());
    if (!lengths.isEmpty()) {
      lengths.put("max_length", maxLength);
      lengths.put(
          "bins",
          split.lengths().histogram(MOST_BINS).stream()
              .map(
                  bin ->
                      EvaluationFacts.row("from", bin.from(), "to", bin.to(), "count", bin.count()))
              .toList());
      facts.put("lengths", lengths);
    }
    return facts;
  }
}
