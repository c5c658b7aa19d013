// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.metric;

import dev.bertctl.spi.data.LabelledText;
import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.decode.Classification;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Accuracy, macro F1, and for each class precision, recall, F1 and support, with the confusion
 * matrix.
 *
 * <p>A class that is never predicted has precision 0, one without gold examples recall 0, as in
 * scikit-learn with {@code zero_division=0}; macro F1 is the plain mean of the classes' F1. Gold
 * (0, 0, 1) and predicted (0, 1, 1) give accuracy 2/3 and F1 2/3 for both classes, so macro F1 2/3.
 *
 * @param labels the labels
 */
public record ClassificationMetric(Labels labels) implements Metric<LabelledText, Classification> {

  @Override
  public String primary() {
    return "accuracy";
  }

  @Override
  public Scorer<LabelledText, Classification> scorer() {
    return new Count(new ConfusionMatrix(labels), labels.size());
  }

  private record Count(ConfusionMatrix matrix, int classes)
      implements Scorer<LabelledText, Classification> {

    @Override
    public void add(LabelledText example, Classification prediction) {
      matrix.add(example, prediction);
    }

    @Override
    public Scores scores() {
      double f1Sum = IntStream.range(0, classes).mapToDouble(label -> matrix.of(label).f1()).sum();
      Map<String, Double> values = new LinkedHashMap<>();
      values.put("accuracy", matrix.accuracy());
      values.put("macro_f1", f1Sum / classes);
      return new Scores(values, matrix.details());
    }
  }
}
