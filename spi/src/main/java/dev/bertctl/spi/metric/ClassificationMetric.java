// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.metric;

import dev.bertctl.spi.data.LabelledText;
import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.decode.Classification;
import java.util.ArrayList;
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
        long gold = 0;
        long predicted = 0;
        for (int other = 0; other < labels.size(); other++) {
          gold += confusion[label][other];
          predicted += confusion[other][label];
        }
        long hits = confusion[label][label];
        correct += hits;
        total += gold;
        double f1 = share(2 * hits, gold + predicted);
        f1Sum += f1;
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("precision", share(hits, predicted));
        row.put("recall", share(hits, gold));
        row.put("f1", f1);
        row.put("support", gold);
        perClass.put(labels.name(label), row);
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

    private List<List<Long>> rows() {
      List<List<Long>> rows = new ArrayList<>();
      for (long[] row : confusion) {
        rows.add(java.util.Arrays.stream(row).boxed().toList());
      }
      return rows;
    }

    private static double share(long part, long whole) {
      return whole == 0 ? 0 : (double) part / whole;
    }
  }
}
