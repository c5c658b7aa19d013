package org.example.mytask;

import dev.bertctl.spi.metric.Metric;
import dev.bertctl.spi.metric.Scores;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** F1 of all labels of all texts together. Of two right ones with one predicted it is 2/3. */
final class MyTaskMetric implements Metric<MyTaskExample, MyTaskPrediction> {

  @Override
  public String primary() {
    return "micro_f1";
  }

  @Override
  public Scorer<MyTaskExample, MyTaskPrediction> scorer() {
    return new Scorer<>() {

      private long both;
      private long all;

      @Override
      public void add(MyTaskExample example, MyTaskPrediction prediction) {
        Set<Integer> gold = example.labels().orElseThrow();
        Set<Integer> right = new TreeSet<>(gold);
        right.retainAll(prediction.predicted());
        both += right.size();
        all += gold.size() + prediction.predicted().size();
      }

      @Override
      public Scores scores() {
        return Scores.of(Map.of("micro_f1", 2. * both / Math.max(1, all)));
      }
    };
  }
}
