package org.example.mytask;

import dev.bertctl.spi.metric.Metric;
import dev.bertctl.spi.metric.Scores;
import java.util.Map;

/** Accuracy: the share of examples whose right choice is chosen. Two of three give 2/3. */
final class MyTaskMetric implements Metric<MyTaskExample, MyTaskPrediction> {

  @Override
  public String primary() {
    return "accuracy";
  }

  @Override
  public Scorer<MyTaskExample, MyTaskPrediction> scorer() {
    return new Scorer<>() {

      private long right;
      private long all;

      // 3. Say which predictions are right.
      @Override
      public void add(MyTaskExample example, MyTaskPrediction prediction) {
        right += prediction.choice() == example.label().orElseThrow() ? 1 : 0;
        all++;
      }

      @Override
      public Scores scores() {
        return Scores.of(Map.of("accuracy", (double) right / Math.max(1, all)));
      }
    };
  }
}
