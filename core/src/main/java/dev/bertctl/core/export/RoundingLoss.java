// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.export;

import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.models.ModelStore;
import dev.bertctl.core.runs.EvaluationOutputs;
import dev.bertctl.core.runs.FineTunedModel;
import dev.bertctl.core.runs.ModelEvaluation;
import dev.bertctl.core.runs.RunListener;
import dev.bertctl.runtime.engine.Engine;
import dev.bertctl.runtime.engine.Quantize;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a fine-tuned model's scores lose when its weights are rounded: it is evaluated with and
 * without, in one engine.
 */
public final class RoundingLoss {

  private final FineTunedModel saved;
  private final TaskConfig<?> config;
  private final ModelStore store;
  private final RunListener listener;

  /**
   * @param config its configuration, with the data to evaluate on as {@code data.test}
   * @param store where models come from
   * @param listener is told what happens
   */
  public RoundingLoss(
      FineTunedModel saved, TaskConfig<?> config, ModelStore store, RunListener listener) {
    this.saved = saved;
    this.config = config;
    this.store = store;
    this.listener = listener;
  }

  /**
   * A score with both.
   *
   * @param whole with weights in float32
   * @param rounded with weights that are rounded
   */
  public record Scores(double whole, double rounded) {}

  /** Evaluates: scores by the metric's names for them. */
  public Map<String, Scores> of(Quantize quantize) {
    Map<String, Double> whole = metrics(Quantize.NONE);
    Map<String, Double> rounded = metrics(quantize);
    Map<String, Scores> scores = new LinkedHashMap<>();
    whole.forEach((name, value) -> scores.put(name, new Scores(value, rounded.get(name))));
    return scores;
  }

  private Map<String, Double> metrics(Quantize quantize) {
    TaskConfig<?> inOneEngine =
        config.withSettings(
            Map.of("device", "cpu", "engine", Engine.ONNXRUNTIME, "quantize", quantize.toString()),
            "the comparison of weights");
    return new ModelEvaluation(saved, inOneEngine, store, EvaluationOutputs.NONE, listener)
        .run()
        .result()
        .metrics();
  }
}
