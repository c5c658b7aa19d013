// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.metric;

import dev.bertctl.spi.OptionException;
import dev.bertctl.spi.data.LabelledText;
import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.decode.Classification;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * For tasks that ask whether something is so: accuracy, and F1, precision, recall and Matthews
 * correlation of the positive class, which is the second label; with the details of {@link
 * ClassificationMetric}. {@link BinaryCounts} defines them.
 *
 * <p>Gold (0, 1, 1, 1) and predicted (0, 0, 1, 1) give accuracy 0.75, F1 0.8, precision 1, recall
 * 2/3 and Matthews correlation 0.5774.
 *
 * @param labels two labels
 * @param goal the value that is primary
 */
public record BinaryMetric(Labels labels, Goal goal)
    implements Metric<LabelledText, Classification> {

  /** Index of the positive label. */
  public static final int POSITIVE = 1;

  /**
   * Checks the labels.
   *
   * @param labels two labels
   * @param goal the value that is primary
   * @throws OptionException naming the option {@code labels}
   */
  public BinaryMetric {
    if (labels.size() != 2) {
      throw new OptionException(
          "labels", "needs two labels, the second being the positive one; has " + labels.names());
    }
  }

  @Override
  public String primary() {
    return goal.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public Scorer<LabelledText, Classification> scorer() {
    return new Count(new ConfusionMatrix(labels));
  }

  /** The values that can be primary. */
  public enum Goal {
    /** Accuracy. */
    ACCURACY {
      @Override
      public double of(BinaryCounts counts) {
        return counts.accuracy();
      }
    },
    /** F1 of the positive class. */
    F1 {
      @Override
      public double of(BinaryCounts counts) {
        return counts.f1();
      }
    };

    /**
     * {@return the value for given counts}
     *
     * @param counts the counts of the positive class
     */
    public abstract double of(BinaryCounts counts);
  }

  private record Count(ConfusionMatrix matrix) implements Scorer<LabelledText, Classification> {

    @Override
    public void add(LabelledText example, Classification prediction) {
      matrix.add(example, prediction);
    }

    @Override
    public Scores scores() {
      BinaryCounts counts = matrix.of(POSITIVE);
      Map<String, Double> values = new LinkedHashMap<>();
      values.put("accuracy", counts.accuracy());
      values.put("f1", counts.f1());
      values.put("precision", counts.precision());
      values.put("recall", counts.recall());
      values.put("matthews_correlation", counts.matthewsCorrelation());
      return new Scores(values, matrix.details());
    }
  }
}
