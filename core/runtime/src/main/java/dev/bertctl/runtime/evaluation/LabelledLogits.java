// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.evaluation;

import dev.bertctl.spi.decode.FeatureOutput;
import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.head.HeadOutput;
import dev.bertctl.spi.head.TargetSpec;
import dev.bertctl.spi.packing.Target;
import java.util.List;
import java.util.Optional;

/**
 * What a classifier answered for a feature, and what is right.
 *
 * @param logits one for each label or choice
 * @param target the right one, from 0
 */
public record LabelledLogits(float[] logits, int target) {

  /**
   * Whether a head chooses one of several labels or choices, and nothing else: then its softmax is
   * a probability that can be calibrated.
   */
  public static boolean areOf(Head head) {
    List<TargetSpec> targets = head.targets();
    return targets.size() == 1
        && (targets.get(0).form() == TargetSpec.Form.LABEL
            || targets.get(0).form() == TargetSpec.Form.CHOICE);
  }

  /**
   * Of a feature with its output.
   *
   * @param head the head that gave it
   * @return empty for other heads than classifiers, and features without a label
   */
  static Optional<LabelledLogits> of(Head head, FeatureOutput output) {
    Matrix logits = output.values().get(HeadOutput.LOGITS);
    if (!areOf(head)
        || logits == null
        || !(output.feature().target(head.targets().get(0).name()) instanceof Target.Ints target)
        || target.values()[0] < 0) {
      return Optional.empty();
    }
    return Optional.of(new LabelledLogits(logits.values(), target.values()[0]));
  }

  /** The label with the highest logit, of equal ones the first. */
  int predicted() {
    int best = 0;
    for (int label = 1; label < logits.length; label++) {
      best = logits[label] > logits[best] ? label : best;
    }
    return best;
  }

  /** -log of the probability of the right label, the logits times a factor. */
  double loss(double factor) {
    return logSumExp(factor) - factor * logits[target];
  }

  /** Derivative of {@link #loss} by the factor: the expected logit less the right label's. */
  double slope(double factor) {
    double log = logSumExp(factor);
    double expected = 0;
    for (float logit : logits) {
      expected += Math.exp(factor * logit - log) * logit;
    }
    return expected - logits[target];
  }

  /** The probability of the predicted label. */
  double confidence() {
    return Math.exp(logits[predicted()] - logSumExp(1));
  }

  private double logSumExp(double factor) {
    double highest = factor * logits[predicted()];
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(factor * logit - highest);
    }
    return highest + Math.log(sum);
  }
}
