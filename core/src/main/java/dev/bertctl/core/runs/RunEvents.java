// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.runtime.events.EventFile;
import java.util.LinkedHashMap;
import java.util.Map;

/** What history.jsonl has, for TensorBoard: curves of the training and of evaluations. */
final class RunEvents {

  private final EventFile file;

  RunEvents(EventFile file) {
    this.file = file;
  }

  /**
   * Steps were trained.
   *
   * @param step steps done
   * @param loss mean since the line before
   * @param numbers what else is known, by name
   */
  void trained(long step, double loss, Map<String, Double> numbers) {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("train/loss", loss);
    numbers.forEach((name, value) -> values.put("train/" + name, value));
    file.add(step, values);
  }

  /**
   * A split was evaluated.
   *
   * @param prefix {@code eval} or {@code test}
   * @param step steps done
   */
  void evaluated(String prefix, long step, EvaluationResult result) {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put(prefix + "/loss", result.loss());
    result.metrics().forEach((name, value) -> values.put(prefix + "/" + name, value));
    file.add(step, values);
  }
}
