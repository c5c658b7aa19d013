// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.decode;

import dev.bertctl.spi.OptionException;
import dev.bertctl.spi.data.LabelledText;
import dev.bertctl.spi.data.Labels;

/**
 * Decides between two labels: the positive one, which is the second, from some probability on.
 *
 * <p>Logits (0, ln 3) are the probabilities (0.25, 0.75): label 1 for the threshold 0.75, and label
 * 0 for 0.8.
 *
 * @param labels two labels
 * @param threshold the probability of the positive label from which it is predicted
 */
public record ThresholdDecoder(Labels labels, double threshold)
    implements Decoder<LabelledText, Classification> {

  /**
   * Checks labels and threshold.
   *
   * @param labels two labels
   * @param threshold the probability of the positive label from which it is predicted
   * @throws OptionException naming the option {@code labels} or {@code threshold}
   */
  public ThresholdDecoder {
    if (labels.size() != 2) {
      throw new OptionException(
          "labels", "needs two labels, the second being the positive one; has " + labels.names());
    }
    if (!(threshold >= 0 && threshold <= 1)) {
      throw new OptionException("threshold", "must be from 0 to 1, is " + threshold);
    }
  }

  @Override
  public Classification decode(LabelledText example, ModelOutput output) {
    Classification probable = Classification.of(labels, output.logits());
    boolean positive = probable.probabilities().get(Labels.POSITIVE) >= threshold;
    return new Classification(
        labels, positive ? Labels.POSITIVE : 1 - Labels.POSITIVE, probable.probabilities());
  }
}
