// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.metric;

import dev.bertctl.spi.data.LabelledText;
import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.decode.Classification;
import dev.bertctl.spi.decode.Tuner;
import java.util.List;
import java.util.Map;

/**
 * Chooses the probability from which the positive one of two labels is predicted, as the one that
 * is best on the validation set; see {@link ThresholdSearch}. The answer is the option {@code
 * threshold}, for a {@link dev.bertctl.spi.decode.ThresholdDecoder}.
 *
 * <p>Probabilities 0.2, 0.6, 0.8 of which the last is positive give, for the accuracy, {@code
 * {threshold=0.7}}.
 *
 * @param goal what is to be highest
 */
public record ThresholdTuner(ClassificationGoal goal)
    implements Tuner<LabelledText, Classification> {

  @Override
  public Map<String, Object> tune(List<LabelledText> examples, List<Classification> predictions) {
    ThresholdSearch search = new ThresholdSearch();
    for (int i = 0; i < examples.size(); i++) {
      search.add(
          predictions.get(i).probabilities().get(Labels.POSITIVE),
          examples.get(i).label().orElseThrow() == Labels.POSITIVE);
    }
    return Map.of("threshold", search.best(goal::of));
  }
}
