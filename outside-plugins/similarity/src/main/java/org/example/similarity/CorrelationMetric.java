// SPDX-License-Identifier: Apache-2.0
package org.example.similarity;

import dev.bertctl.spi.metric.Metric;
import dev.bertctl.spi.metric.Scores;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Pearson and Spearman correlation of gold and predicted scores, as STS-B is judged by, and the
 * mean squared error. Gold (1, 2, 3) and predicted (1, 2, 6) give Pearson 5/√28 = 0.9449, Spearman
 * 1 and the error 3.
 */
record CorrelationMetric() implements Metric<ScoredPair, Similarity> {

  @Override
  public String primary() {
    return "pearson";
  }

  @Override
  public Scorer<ScoredPair, Similarity> scorer() {
    return new Collected(new ArrayList<>(), new ArrayList<>());
  }

  private record Collected(List<Double> gold, List<Double> predicted)
      implements Scorer<ScoredPair, Similarity> {

    @Override
    public void add(ScoredPair pair, Similarity prediction) {
      gold.add(pair.score().orElseThrow());
      predicted.add(prediction.score());
    }

    @Override
    public Scores scores() {
      double[] x = gold.stream().mapToDouble(Double::doubleValue).toArray();
      double[] y = predicted.stream().mapToDouble(Double::doubleValue).toArray();
      Map<String, Double> values = new LinkedHashMap<>();
      values.put("pearson", Correlation.pearson(x, y));
      values.put("spearman", Correlation.spearman(x, y));
      values.put("mean_squared_error", Correlation.meanSquaredError(x, y));
      return Scores.of(values);
    }
  }
}
