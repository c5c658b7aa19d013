// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.paraphrase;

import dev.bertctl.spi.metric.ClassificationGoal;
import dev.bertctl.spi.packing.Truncation;
import java.util.List;

/** Options as a test wants them. */
record Options(
    List<String> labels,
    Truncation truncation,
    ClassificationGoal goal,
    double threshold,
    boolean tuneThreshold)
    implements ParaphraseOptions {

  static final Options DEFAULT =
      new Options(
          List.of("not_equivalent", "equivalent"),
          Truncation.LONGEST_FIRST,
          ClassificationGoal.ACCURACY,
          0.5,
          false);

  Options withLabels(String... names) {
    return new Options(List.of(names), truncation, goal, threshold, tuneThreshold);
  }

  Options withThreshold(double probability) {
    return new Options(labels, truncation, goal, probability, tuneThreshold);
  }

  Options tuned() {
    return new Options(labels, truncation, goal, threshold, true);
  }
}
