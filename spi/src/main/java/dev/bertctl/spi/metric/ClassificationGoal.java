// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.metric;

import dev.bertctl.spi.OptionException;
import dev.bertctl.spi.data.Labels;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * The value of {@link ClassificationMetric} that counts most: epochs are compared by it, and
 * thresholds chosen.
 *
 * <p>For an option {@code goal} with the value {@code macro-f1} it is {@link #MACRO_F1}, whose
 * value is called {@code macro_f1}.
 */
public enum ClassificationGoal {
  /** The share of examples that are right. */
  ACCURACY(BinaryCounts::accuracy),
  /** The plain mean of the classes' F1. */
  MACRO_F1(counts -> MeanF1.macro(List.of(counts, counts.ofOthers()))),
  /** The mean of the classes' F1, each weighted by how often it is there. */
  WEIGHTED_F1(counts -> MeanF1.weighted(List.of(counts, counts.ofOthers()))),
  /** F1 of the positive one of two classes. */
  F1(BinaryCounts::f1),
  /** Matthews correlation of two classes. */
  MATTHEWS_CORRELATION(BinaryCounts::matthewsCorrelation);

  private final ToDoubleFunction<BinaryCounts> ofTwoClasses;

  ClassificationGoal(ToDoubleFunction<BinaryCounts> ofTwoClasses) {
    this.ofTwoClasses = ofTwoClasses;
  }

  /** {@return what the value is called in results, such as {@code macro_f1}} */
  public String value() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * {@return the value where there are two classes}
   *
   * @param counts the counts of the positive class
   */
  public double of(BinaryCounts counts) {
    return ofTwoClasses.applyAsDouble(counts);
  }

  /**
   * Makes sure that there is such a value.
   *
   * @param labels the task's labels
   * @throws OptionException naming the option {@code goal}, if it is of two labels and there are
   *     more
   */
  void requireFor(Labels labels) {
    if ((this == F1 || this == MATTHEWS_CORRELATION) && labels.size() != 2) {
      throw new OptionException(
          "goal",
          "%s is of two labels, and there are %d; take accuracy, macro-f1 or weighted-f1"
              .formatted(value().replace('_', '-'), labels.size()));
    }
  }
}
