// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.classification;

import dev.bertctl.spi.metric.Detail;
import dev.bertctl.spi.metric.Metric;
import dev.bertctl.spi.metric.Scores;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Judges numbers: Pearson's and Spearman's correlation, mean absolute error, root mean squared
 * error and R², as {@link NumberPairs} defines them. Of several numbers they are the means, which
 * are not defined where one of them is not, with a table of each.
 *
 * @param targets names of the numbers
 * @param goal the value that is primary
 */
record RegressionMetric(List<String> targets, RegressionGoal goal)
    implements Metric<ScoredText, NumbersPrediction> {

  RegressionMetric {
    targets = List.copyOf(targets);
  }

  @Override
  public String primary() {
    return goal.value();
  }

  @Override
  public boolean higherIsBetter() {
    return goal.higherIsBetter();
  }

  @Override
  public boolean higherIsBetter(String name) {
    return RegressionGoal.valueOf(name.toUpperCase(Locale.ROOT)).higherIsBetter();
  }

  @Override
  public Scorer<ScoredText, NumbersPrediction> scorer() {
    return new Count(targets, Stream.generate(NumberPairs::new).limit(targets.size()).toList());
  }

  private record Count(List<String> targets, List<NumberPairs> pairs)
      implements Scorer<ScoredText, NumbersPrediction> {

    @Override
    public void add(ScoredText example, NumbersPrediction prediction) {
      List<Double> gold = example.numbers().orElseThrow();
      for (int i = 0; i < pairs.size(); i++) {
        pairs.get(i).add(gold.get(i), prediction.numbers().get(i));
      }
    }

    @Override
    public Scores scores() {
      Map<String, Double> values = new LinkedHashMap<>();
      Map<String, Map<String, Number>> each = new LinkedHashMap<>();
      targets.forEach(target -> each.put(target, new LinkedHashMap<>()));
      for (RegressionGoal goal : RegressionGoal.values()) {
        double sum = 0;
        for (int i = 0; i < pairs.size(); i++) {
          double value = goal.of(pairs.get(i));
          sum += value;
          if (!Double.isNaN(value)) {
            each.get(targets.get(i)).put(goal.value(), value);
          }
        }
        values.put(goal.value(), sum / pairs.size());
      }
      return new Scores(
          values, pairs.size() == 1 ? List.of() : List.of(new Detail.Table("per_target", each)));
    }
  }
}
