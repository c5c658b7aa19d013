// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.classification;

import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.decode.FieldType;
import dev.bertctl.spi.decode.Prediction;
import dev.bertctl.spi.decode.PredictionField;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The labels that are predicted for a text, with the probability of each label that there is.
 *
 * @param labels the labels
 * @param predicted indices of those predicted, rising
 * @param probabilities one for each label, in their order; empty if not known
 */
record MultiLabelPrediction(Labels labels, List<Integer> predicted, List<Double> probabilities)
    implements Prediction {

  static final List<PredictionField> FIELDS =
      List.of(
          PredictionField.list("predicted", FieldType.Plain.TEXT),
          PredictionField.map("probabilities", FieldType.Plain.NUMBER));

  MultiLabelPrediction {
    predicted = List.copyOf(predicted);
    probabilities = List.copyOf(probabilities);
  }

  @Override
  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("predicted", predicted.stream().map(labels::name).toList());
    if (!probabilities.isEmpty()) {
      Map<String, Object> each = new LinkedHashMap<>();
      for (int i = 0; i < probabilities.size(); i++) {
        each.put(labels.name(i), probabilities.get(i));
      }
      fields.put("probabilities", each);
    }
    return fields;
  }
}
