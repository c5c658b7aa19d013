// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.classification;

import dev.bertctl.spi.OptionException;
import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.decode.Decoder;
import dev.bertctl.spi.decode.ModelOutput;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Predicts each label whose probability, the sigmoid of its logit, is at least its threshold.
 *
 * <p>The logit ln 3 is the probability 0.75.
 *
 * @param labels the labels
 * @param thresholds one for each label
 */
record SigmoidDecoder(Labels labels, List<Double> thresholds)
    implements Decoder<MultiLabelText, MultiLabelPrediction> {

  /**
   * A decoder.
   *
   * @param thresholds one for each label, or one for all
   * @throws OptionException naming the option {@code threshold}
   */
  static SigmoidDecoder of(Labels labels, List<Double> thresholds) {
    if (thresholds.size() != 1 && thresholds.size() != labels.size()) {
      throw new OptionException(
          "threshold",
          "has %d values for %d labels; give one for all, or one for each"
              .formatted(thresholds.size(), labels.size()));
    }
    for (double threshold : thresholds) {
      if (!(threshold >= 0 && threshold <= 1)) {
        throw new OptionException("threshold", "must be from 0 to 1, is " + threshold);
      }
    }
    return new SigmoidDecoder(
        labels,
        thresholds.size() == 1
            ? Collections.nCopies(labels.size(), thresholds.get(0))
            : List.copyOf(thresholds));
  }

  @Override
  public MultiLabelPrediction decode(MultiLabelText example, ModelOutput output) {
    List<Double> probabilities =
        IntStream.range(0, labels.size())
            .mapToObj(label -> sigmoid(output.logits().at(0, label)))
            .toList();
    List<Integer> predicted =
        IntStream.range(0, labels.size())
            .filter(label -> probabilities.get(label) >= thresholds.get(label))
            .boxed()
            .toList();
    return new MultiLabelPrediction(labels, predicted, probabilities);
  }

  private static double sigmoid(double logit) {
    return 1 / (1 + Math.exp(-logit));
  }
}
