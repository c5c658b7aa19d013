// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.runtime.json.JsonFields;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a run was evaluated to at some point.
 *
 * @param step steps done
 * @param epochs epochs done, such as 1.5
 * @param result what was found
 */
public record EvaluatedStep(long step, double epochs, EvaluationResult result) {

  /** As metrics.json has it. */
  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("step", step);
    fields.put("epoch", number(epochs));
    fields.putAll(result.fields());
    return fields;
  }

  /** Reads what {@link #fields} gave. */
  public static EvaluatedStep read(JsonFields fields) {
    return new EvaluatedStep(
        fields.count("step"), fields.number("epoch"), EvaluationResult.read(fields));
  }

  /** What to call it: {@code epoch 2}, or {@code step 120 (epoch 1.5)}. */
  public static String name(long step, double epochs) {
    return epochs == Math.rint(epochs)
        ? "epoch %d".formatted((long) epochs)
        : "step %d (epoch %.2f)".formatted(step, epochs);
  }

  /** Epochs as they are written: 2, or 1.5. */
  static Number number(double epochs) {
    if (epochs == Math.rint(epochs)) {
      return (long) epochs;
    }
    return Math.rint(epochs * 1e4) / 1e4;
  }
}
