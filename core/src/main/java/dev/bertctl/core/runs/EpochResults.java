// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bertctl.spi.metric.Metric;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the epochs of a run were evaluated to, and which of them is the best. */
final class EpochResults {

  private static final String EPOCHS = "epochs";
  private static final String BEST = "best_epoch";

  private final Metric<?, ?> metric;
  private final SortedMap<Integer, Optional<EvaluationResult>> epochs = new TreeMap<>();
  private int best;

  EpochResults(Metric<?, ?> metric) {
    this.metric = metric;
  }

  /**
   * Takes an epoch.
   *
   * @param epoch epochs done
   * @param result empty without validation data: then the last epoch is the best
   * @return whether it is the best so far
   */
  boolean add(int epoch, Optional<EvaluationResult> result) {
    boolean isBest = best == 0 || result.isEmpty() || isBetter(result.get(), best().orElseThrow());
    epochs.put(epoch, result);
    best = isBest ? epoch : best;
    return isBest;
  }

  private boolean isBetter(EvaluationResult now, EvaluationResult before) {
    // On a small set of easy data a model may be right throughout and still learn to be sure.
    return merit(now) == merit(before) ? now.loss() < before.loss() : merit(now) > merit(before);
  }

  /** The higher the better. A score may be no number, as a correlation with constants is. */
  private double merit(EvaluationResult result) {
    double score = result.metrics().get(metric.primary());
    if (Double.isNaN(score)) {
      return Double.NEGATIVE_INFINITY;
    }
    return metric.higherIsBetter() ? score : -score;
  }

  int bestEpoch() {
    return best;
  }

  /** What the best epoch was evaluated to. */
  Optional<EvaluationResult> best() {
    return epochs.getOrDefault(best, Optional.empty());
  }

  SortedMap<Integer, Optional<EvaluationResult>> epochs() {
    return epochs;
  }

  /** As plain values for a checkpoint. */
  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put(BEST, best);
    fields.put(EPOCHS, fields(epochs));
    return fields;
  }

  static Map<String, Object> fields(SortedMap<Integer, Optional<EvaluationResult>> epochs) {
    Map<String, Object> fields = new LinkedHashMap<>();
    epochs.forEach(
        (epoch, result) ->
            fields.put(
                Integer.toString(epoch), result.map(EvaluationResult::fields).orElse(Map.of())));
    return fields;
  }

  /** Takes over what {@link #fields()} gave for the epochs that an interrupted run has done. */
  void restore(JsonNode fields) {
    best = fields.path(BEST).asInt();
    epochs.putAll(read(fields.path(EPOCHS)));
  }

  /** Reads what {@link #fields(SortedMap)} gave. */
  static SortedMap<Integer, Optional<EvaluationResult>> read(JsonNode fields) {
    SortedMap<Integer, Optional<EvaluationResult>> epochs = new TreeMap<>();
    for (Map.Entry<String, JsonNode> epoch : fields.properties()) {
      epochs.put(
          Integer.valueOf(epoch.getKey()),
          epoch.getValue().isEmpty()
              ? Optional.empty()
              : Optional.of(EvaluationResult.read(epoch.getValue())));
    }
    return epochs;
  }
}
