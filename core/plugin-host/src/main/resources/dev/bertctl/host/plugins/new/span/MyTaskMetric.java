package org.example.mytask;

import dev.bertctl.spi.metric.Metric;
import dev.bertctl.spi.metric.Scores;
import java.util.Map;

/** Exact match: the share of questions answered in the very words. Two of three give 2/3. */
final class MyTaskMetric implements Metric<MyTaskExample, MyTaskPrediction> {

  @Override
  public String primary() {
    return "exact_match";
  }

  @Override
  public Scorer<MyTaskExample, MyTaskPrediction> scorer() {
    return new Scorer<>() {

      private long right;
      private long all;

      // 3. Say which predictions are right.
      @Override
      public void add(MyTaskExample example, MyTaskPrediction prediction) {
        right += prediction.text().equals(example.answer().orElseThrow()) ? 1 : 0;
        all++;
      }

      @Override
      public Scores scores() {
        return Scores.of(Map.of("exact_match", (double) right / Math.max(1, all)));
      }
    };
  }
}
