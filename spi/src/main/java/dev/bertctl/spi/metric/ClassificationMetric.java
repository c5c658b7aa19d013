// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.metric;

import dev.bertctl.spi.data.LabelledText;
import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.decode.Classification;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
    return new Count();
  }

  private final class Count implements Scorer<LabelledText, Classification> {

    /** Rows are gold labels, columns predicted ones. */
    private final long[][] confusion = new long[labels.size()][labels.size()];

    @Override
    public void add(LabelledText example, Classification prediction) {
      confusion[example.label().orElseThrow()][prediction.label()]++;
    }

    @Override
    public Scores scores() {
      long correct = 0;
      long total = 0;
      double f1Sum = 0;
      Map<String, Object> perClass = new LinkedHashMap<>();
      for (int label = 0; label < labels.size(); label++) {
        correct += confusion[label][label];
        total += gold(label);
        f1Sum += f1(label);
        perClass.put(labels.name(label), classScores(label));
      }
      Map<String, Double> values = new LinkedHashMap<>();
      values.put("accuracy", share(correct, total));
      values.put("macro_f1", f1Sum / labels.size());
      Map<String, Object> details = new LinkedHashMap<>();
      details.put("labels", labels.names());
      details.put("per_class", perClass);
      details.put("confusion_matrix", rows());
      return new Scores(values, details);
    }

    private Map<String, Object> classScores(int label) {
      Map<String, Object> scores = new LinkedHashMap<>();
      scores.put("precision", share(confusion[label][label], predicted(label)));
      scores.put("recall", share(confusion[label][label], gold(label)));
      scores.put("f1", f1(label));
      scores.put("support", gold(label));
      return scores;
    }

    private double f1(int label) {
      return share(2 * confusion[label][label], gold(label) + predicted(label));
    }

    private long gold(int label) {
      return Arrays.stream(confusion[label]).sum();
    }

    private long predicted(int label) {
      return Arrays.stream(confusion).mapToLong(row -> row[label]).sum();
    }

    private List<List<Long>> rows() {
      return Arrays.stream(confusion).map(row -> Arrays.stream(row).boxed().toList()).toList();
    }

    private static double share(long part, long whole) {
      return whole == 0 ? 0 : (double) part / whole;
    }
  }
}
