// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.classification;

import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.metric.BinaryCounts;
import dev.bertctl.spi.metric.Detail;
import dev.bertctl.spi.metric.MeanF1;
import dev.bertctl.spi.metric.Metric;
import dev.bertctl.spi.metric.Scores;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Judges sets of labels: F1 of all labels of all texts together (micro), the means of the labels'
 * F1 (macro, and weighted by how often they are there), the mean of the texts' F1 (samples), the
 * share of texts with exactly the right labels (subset accuracy), and the share of decisions that
 * are wrong (Hamming loss); for each label precision, recall, F1 and support.
 *
 * <p>They are scikit-learn's with {@code zero_division=0}, but that a text rightly without labels
 * has F1 1 (in scikit-learn with {@code zero_division=1}). Gold {a}, {a, b} and predicted {a}, {b}
 * give micro F1 4/5, macro F1 5/6, samples F1 5/6, subset accuracy 1/2 and Hamming loss 1/4.
 *
 * @param labels the labels
 * @param goal the value that is primary
 */
record MultiLabelMetric(Labels labels, Goal goal)
    implements Metric<MultiLabelText, MultiLabelPrediction> {

  private static final String HAMMING_LOSS = "hamming_loss";

  @Override
  public String primary() {
    return goal.value();
  }

  @Override
  public boolean higherIsBetter(String name) {
    return !name.equals(HAMMING_LOSS);
  }

  @Override
  public Scorer<MultiLabelText, MultiLabelPrediction> scorer() {
    return new Count(labels);
  }

  private static final class Count implements Scorer<MultiLabelText, MultiLabelPrediction> {

    private final Labels labels;
    private final long[] hits;
    private final long[] gold;
    private final long[] predicted;
    private double f1OfTexts;
    private long exact;
    private long texts;

    Count(Labels labels) {
      this.labels = labels;
      this.hits = new long[labels.size()];
      this.gold = new long[labels.size()];
      this.predicted = new long[labels.size()];
    }

    @Override
    public void add(MultiLabelText example, MultiLabelPrediction prediction) {
      List<Integer> right = example.labels().orElseThrow();
      List<Integer> found = prediction.predicted();
      List<Integer> both = new ArrayList<>(right);
      both.retainAll(found);
      right.forEach(label -> gold[label]++);
      found.forEach(label -> predicted[label]++);
      both.forEach(label -> hits[label]++);
      int all = right.size() + found.size();
      f1OfTexts += all == 0 ? 1 : 2. * both.size() / all;
      exact += right.equals(found) ? 1 : 0;
      texts++;
    }

    @Override
    public Scores scores() {
      Map<String, BinaryCounts> perLabel = new LinkedHashMap<>();
      for (int label = 0; label < labels.size(); label++) {
        perLabel.put(labels.name(label), counts(hits[label], gold[label], predicted[label], texts));
      }
      List<BinaryCounts> each = List.copyOf(perLabel.values());
      BinaryCounts all = BinaryCounts.sum(each);
      Map<String, Double> values = new LinkedHashMap<>();
      values.put("micro_f1", all.f1());
      values.put("macro_f1", MeanF1.macro(each));
      values.put("weighted_f1", MeanF1.weighted(each));
      values.put("samples_f1", f1OfTexts / Math.max(1, texts));
      values.put("subset_accuracy", (double) exact / Math.max(1, texts));
      values.put(HAMMING_LOSS, texts == 0 ? 0 : 1 - all.accuracy());
      return new Scores(values, List.of(Detail.Table.perClass(perLabel)));
    }

    private static BinaryCounts counts(long hits, long gold, long predicted, long texts) {
      return new BinaryCounts(hits, predicted - hits, gold - hits, texts - gold - predicted + hits);
    }
  }
}
