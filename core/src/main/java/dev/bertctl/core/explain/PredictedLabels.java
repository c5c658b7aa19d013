// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.explain;

import dev.bertctl.runtime.explain.ExplainableOutput;
import dev.bertctl.runtime.explain.ExplanationOptions;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The labels that a prediction names: a threshold may have decided for another than that of the
 * highest logit, and what was predicted is what is explained.
 */
public final class PredictedLabels {

  private static final String PREDICTED = "predicted";

  private PredictedLabels() {}

  /**
   * The labels, a few of many; none where the prediction names none of the output's.
   *
   * @param prediction its fields
   */
  public static List<String> of(Map<String, Object> prediction, ExplainableOutput output) {
    Object predicted = prediction.get(PREDICTED);
    List<String> named =
        switch (output.kind()) {
          case CLASSES -> predicted instanceof String label ? List.of(label) : List.of();
          case LABELS ->
              predicted instanceof Collection<?> labels
                  ? labels.stream().map(String::valueOf).toList()
                  : List.of();
          case NUMBERS, CHOICES, TAGS, SPANS -> List.of();
        };
    return named.stream()
        .filter(output.labels()::contains)
        .limit(ExplanationOptions.MOST_VALUES)
        .toList();
  }
}
