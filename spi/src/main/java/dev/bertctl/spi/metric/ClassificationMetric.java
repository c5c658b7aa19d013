// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.metric;

import dev.bertctl.spi.data.LabelledText;
import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.decode.Classification;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Accuracy, macro and weighted F1, and for each class precision, recall, F1 and support, with the
 * confusion matrix; of two labels also F1, precision, recall and Matthews correlation of the
 * positive one, which is the second.
 *
 * <p>A class that is never predicted has precision 0, one without gold examples recall 0, as in
 * scikit-learn with {@code zero_division=0}; macro F1 is the plain mean of the classes' F1,
 * weighted F1 their mean by support. Gold (0, 1, 1, 1) and predicted (0, 0, 1, 1) give accuracy
 * 3/4, F1 4/5 of the positive class and 2/3 of the other, so macro F1 0.7333 and weighted F1
 * 0.7667, and Matthews correlation 0.5774.
 *
 * @param labels the labels
 * @param goal the value that is primary
 */
public record ClassificationMetric(Labels labels, ClassificationGoal goal)
    implements Metric<LabelledText, Classification> {

  /**
   * Checks the goal.
   *
   * @param labels the labels
   * @param goal the value that is primary
   * @throws dev.bertctl.spi.OptionException naming the option {@code goal}
   */
  public ClassificationMetric {
    goal.requireFor(labels);
  }

  /**
   * The metric whose primary value is the accuracy.
   *
   * @param labels the labels
   */
  public ClassificationMetric(Labels labels) {
    this(labels, ClassificationGoal.ACCURACY);
  }

  @Override
  public String primary() {
    return goal.value();
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
      Map<String, Double> values = new LinkedHashMap<>();
      values.put("accuracy", matrix.accuracy());
      if (classes == 2) {
        BinaryCounts counts = matrix.of(Labels.POSITIVE);
        values.put("f1", counts.f1());
        values.put("precision", counts.precision());
        values.put("recall", counts.recall());
        values.put("matthews_correlation", counts.matthewsCorrelation());
      }
      List<BinaryCounts> each = IntStream.range(0, classes).mapToObj(matrix::of).toList();
      values.put("macro_f1", MeanF1.macro(each));
      values.put("weighted_f1", MeanF1.weighted(each));
      return new Scores(values, matrix.details());
    }
  }
}
