// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.classification;

import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The values of {@link RegressionMetric}. */
public enum RegressionGoal {
  /** Pearson's correlation. */
  PEARSON(true, NumberPairs::pearson),
  /** Spearman's rank correlation. */
  SPEARMAN(true, NumberPairs::spearman),
  /** The mean absolute error. */
  MAE(false, NumberPairs::meanAbsoluteError),
  /** The root of the mean squared error. */
  RMSE(false, NumberPairs::rootMeanSquaredError),
  /** The coefficient of determination. */
  R2(true, NumberPairs::determination);

  private final boolean higherIsBetter;
  private final ToDoubleFunction<NumberPairs> function;

  RegressionGoal(boolean higherIsBetter, ToDoubleFunction<NumberPairs> function) {
    this.higherIsBetter = higherIsBetter;
    this.function = function;
  }

  /** What the value is called in results. */
  String value() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean higherIsBetter() {
    return higherIsBetter;
  }

  /** The value of gold and predicted numbers. */
  double of(NumberPairs pairs) {
    return function.applyAsDouble(pairs);
  }
}
