// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.decode;

import dev.bertctl.spi.data.Labels;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A predicted label with the probability of each label.
 *
 * @param labels the labels
 * @param label index of the predicted label
 * @param probabilities one for each label, in their order; empty if not known
 */
public record Classification(Labels labels, int label, List<Double> probabilities)
    implements Prediction {

  /**
   * Copies the probabilities.
   *
   * @param labels the labels
   * @param label index of the predicted label
   * @param probabilities one for each label, or none
   */
  public Classification {
    probabilities = List.copyOf(probabilities);
  }

  /**
   * Decodes one row of logits by softmax: (0, ln 3) gives probabilities (0.25, 0.75) and label 1.
   *
   * @param labels the labels in the order of the logits
   * @param logits [1,L]
   * @return the label with the highest logit, of equal ones the first
   * @throws IllegalArgumentException if there are more or fewer logits than labels
   */
  public static Classification of(Labels labels, Matrix logits) {
    if (logits.columns() != labels.size()) {
      throw new IllegalArgumentException(
          "%d logits for %d labels; let the head give one for each"
              .formatted(logits.columns(), labels.size()));
    }
    List<Double> probabilities = Softmax.of(logits.row(0));
    int best = 0;
    for (int i = 1; i < probabilities.size(); i++) {
      if (probabilities.get(i) > probabilities.get(best)) {
        best = i;
      }
    }
    return new Classification(labels, best, probabilities);
  }

  @Override
  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("predicted", labels.name(label));
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
