// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.choice;

import dev.bertctl.spi.decode.FieldType;
import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.decode.Prediction;
import dev.bertctl.spi.decode.PredictionField;
import dev.bertctl.spi.decode.Softmax;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The chosen one of the choices, with the probability of each.
 *
 * @param choices the row's choices
 * @param index the chosen one
 * @param probabilities one for each choice, in their order; empty if not known
 */
record Answer(Choices choices, int index, List<Double> probabilities) implements Prediction {

  static final List<PredictionField> FIELDS =
      List.of(
          PredictionField.integer("predicted"),
          PredictionField.text("predicted_text"),
          PredictionField.list("probabilities", FieldType.Plain.NUMBER));

  /** Copies the probabilities. */
  Answer {
    probabilities = List.copyOf(probabilities);
  }

  /**
   * Decodes by softmax over the row's choices: (0, ln 3) gives probabilities (0.25, 0.75) and index
   * 1. Of equal logits the first wins.
   *
   * @param logits [C,1]
   */
  static Answer of(Choices choices, Matrix logits) {
    int best = 0;
    for (int choice = 1; choice < logits.rows(); choice++) {
      if (logits.at(choice, 0) > logits.at(best, 0)) {
        best = choice;
      }
    }
    return new Answer(choices, best, Softmax.of(logits.values()));
  }

  @Override
  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("predicted", index);
    fields.put("predicted_text", choices.texts().get(index));
    if (!probabilities.isEmpty()) {
      fields.put("probabilities", probabilities);
    }
    return fields;
  }
}
