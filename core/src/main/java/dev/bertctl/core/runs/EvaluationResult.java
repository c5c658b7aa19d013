// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bertctl.runtime.evaluation.Evaluation;
import dev.bertctl.runtime.json.JsonFields;
import dev.bertctl.spi.metric.Detail;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an evaluation found, as it is kept and shown.
 *
 * @param examples how many examples there were
 * @param loss the sum of the losses that the head is trained on
 * @param losses mean of each loss, by name
 * @param metrics the metric's values, by name
 * @param details what explains them
 * @param tuned options that the task's tuner chose
 */
public record EvaluationResult(
    long examples,
    double loss,
    Map<String, Double> losses,
    Map<String, Double> metrics,
    List<Detail> details,
    Map<String, Object> tuned) {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Copies the maps, keeping their order. */
  public EvaluationResult {
    losses = Collections.unmodifiableMap(new LinkedHashMap<>(losses));
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    details = List.copyOf(details);
    tuned = Collections.unmodifiableMap(new LinkedHashMap<>(tuned));
  }

  static EvaluationResult of(Evaluation evaluation) {
    return new EvaluationResult(
        evaluation.examples(),
        evaluation.losses().total(),
        evaluation.losses().means(),
        evaluation.scores().values(),
        evaluation.scores().details(),
        evaluation.tuned());
  }

  /** As metrics.json has it. */
  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("examples", examples);
    fields.put("loss", loss);
    if (losses.size() > 1) {
      fields.put("losses", losses);
    }
    fields.put("metrics", metrics);
    ConfusionFacts.of(details).ifPresent(facts -> fields.put("baseline", facts.fields()));
    fields.put("details", DetailFields.of(details));
    if (!tuned.isEmpty()) {
      fields.put("tuned", tuned);
    }
    return fields;
  }

  /** Reads what {@link #fields} gave. */
  static EvaluationResult read(JsonFields fields) {
    return new EvaluationResult(
        fields.count("examples"),
        fields.number("loss"),
        fields.objectIfThere("losses").map(JsonFields::numbersByKey).orElse(Map.of()),
        fields.object("metrics").numbersByKey(),
        fields.objectIfThere("details").map(DetailFields::read).orElse(List.of()),
        fields.objectIfThere("tuned").map(EvaluationResult::values).orElse(Map.of()));
  }

  private static Map<String, Object> values(JsonFields fields) {
    return MAPPER.convertValue(fields.node(), new TypeReference<Map<String, Object>>() {});
  }
}
