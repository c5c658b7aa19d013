package org.example.mytask;

import dev.bertctl.spi.metric.Metric;
import dev.bertctl.spi.metric.Scores;
import java.util.Map;

/** How far predictions are off, in the mean. For 1 and 2 where 1 and 4 are right it is 1. */
final class MyTaskMetric implements Metric<MyTaskExample, MyTaskPrediction> {

  @Override
  public String primary() {
    return "mean_absolute_error";
  }

  @Override
  public boolean higherIsBetter() {
    return false;
  }

  @Override
  public Scorer<MyTaskExample, MyTaskPrediction> scorer() {
    return new Scorer<>() {

      private double error;
      private long all;

      // 3. Say how far a prediction is off.
      @Override
      public void add(MyTaskExample example, MyTaskPrediction prediction) {
        error += Math.abs(prediction.number() - example.number().orElseThrow());
        all++;
      }

      @Override
      public Scores scores() {
        return Scores.of(Map.of("mean_absolute_error", error / Math.max(1, all)));
      }
    };
  }
}
