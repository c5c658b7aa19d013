package org.example.mytask;

import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.decode.Prediction;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The labels of a text.
 *
 * @param labels all labels that there are
 * @param predicted those predicted, by their indices
 */
record MyTaskPrediction(Labels labels, Set<Integer> predicted) implements Prediction {

  /** A label is predicted from a probability of one half, a logit of 0, on. */
  static MyTaskPrediction of(Labels labels, Matrix logits) {
    Set<Integer> predicted = new TreeSet<>();
    for (int label = 0; label < labels.size(); label++) {
      if (logits.at(0, label) >= 0) {
        predicted.add(label);
      }
    }
    return new MyTaskPrediction(labels, predicted);
  }

  @Override
  public Map<String, Object> fields() {
    return Map.of(
        "predicted", predicted.stream().map(labels::name).collect(Collectors.joining(",")));
  }
}
