// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.classification;

import dev.bertctl.spi.OptionException;
import dev.bertctl.spi.metric.ClassificationGoal;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What counts most: values of {@link ClassificationGoal}, and those of several labels a text. */
public enum Goal {
  /** The share of texts that are right. */
  ACCURACY,
  /** The plain mean of the labels' F1. */
  MACRO_F1,
  /** The mean of the labels' F1, each weighted by how often it is there. */
  WEIGHTED_F1,
  /** F1 of the second of two labels. */
  F1,
  /** Matthews correlation of two labels. */
  MATTHEWS_CORRELATION,
  /** F1 of all labels of all texts together. */
  MICRO_F1,
  /** The mean of the texts' F1. */
  SAMPLES_F1,
  /** The share of texts with exactly the right labels. */
  SUBSET_ACCURACY;

  private static final List<Goal> OF_ONE_LABEL =
      List.of(ACCURACY, MACRO_F1, WEIGHTED_F1, F1, MATTHEWS_CORRELATION);
  private static final List<Goal> OF_SEVERAL =
      List.of(MICRO_F1, MACRO_F1, WEIGHTED_F1, SAMPLES_F1, SUBSET_ACCURACY);

  /** What the value is called in results, such as {@code macro_f1}. */
  String value() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** This goal, of one label a text. */
  ClassificationGoal ofOneLabel() {
    requireIn(OF_ONE_LABEL, "with one label a text");
    return ClassificationGoal.valueOf(name());
  }

  /** This goal, of several labels a text. */
  Goal ofSeveral() {
    requireIn(OF_SEVERAL, "with multi-label");
    return this;
  }

  private void requireIn(List<Goal> known, String where) {
    if (!known.contains(this)) {
      throw new OptionException(
          "goal",
          "there is no %s %s; there are: %s"
              .formatted(
                  this,
                  where,
                  known.stream().map(Goal::toString).collect(Collectors.joining(", "))));
    }
  }

  /** As users write it. */
  @Override
  public String toString() {
    return value().replace('_', '-');
  }
}
