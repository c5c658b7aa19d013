// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.decode;

import java.util.ArrayList;
import java.util.List;

/** Softmax in double precision: (0, ln 3) gives (0.25, 0.75). */
public final class Softmax {

  private Softmax() {}

  /**
   * {@return probabilities of one row of logits}
   *
   * @param logits any number of logits
   */
  public static List<Double> of(float[] logits) {
    double max = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      max = Math.max(max, logit);
    }
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit - max);
    }
    List<Double> probabilities = new ArrayList<>(logits.length);
    for (float logit : logits) {
      probabilities.add(Math.exp(logit - max) / sum);
    }
    return probabilities;
  }
}
