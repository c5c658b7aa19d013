// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.classification;

import dev.bertctl.spi.decode.Tuner;
import dev.bertctl.spi.metric.BinaryCounts;
import dev.bertctl.spi.metric.ThresholdSearch;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Chooses for each label the threshold with which its F1 on the validation set is best; a label
 * that none of the texts there has keeps 0.5.
 *
 * @param labels how many there are
 */
record MultiLabelTuner(int labels) implements Tuner<MultiLabelText, MultiLabelPrediction> {

  @Override
  public Map<String, Object> tune(
      List<MultiLabelText> examples, List<MultiLabelPrediction> predictions) {
    return Map.of(
        "threshold",
        IntStream.range(0, labels)
            .mapToObj(label -> threshold(label, examples, predictions))
            .toList());
  }

  private static double threshold(
      int label, List<MultiLabelText> examples, List<MultiLabelPrediction> predictions) {
    ThresholdSearch search = new ThresholdSearch();
    for (int i = 0; i < examples.size(); i++) {
      search.add(
          predictions.get(i).probabilities().get(label),
          examples.get(i).labels().orElseThrow().contains(label));
    }
    return search.best(BinaryCounts::f1);
  }
}
