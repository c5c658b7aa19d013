package org.example.mytask;

import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.metric.Metric;
import dev.bertctl.spi.metric.Scores;
import java.util.List;
import java.util.Map;

/** Accuracy: the share of words whose tag is right. Two of three right give 2/3. */
record MyTaskMetric(Labels labels) implements Metric<MyTaskExample, MyTaskPrediction> {

  @Override
  public String primary() {
    return "accuracy";
  }

  @Override
  public Scorer<MyTaskExample, MyTaskPrediction> scorer() {
    return new Scorer<>() {

      private long right;
      private long words;

      @Override
      public void add(MyTaskExample example, MyTaskPrediction prediction) {
        List<Integer> gold = example.tags().orElseThrow();
        for (int word = 0; word < gold.size(); word++) {
          right += labels.name(gold.get(word)).equals(prediction.tags().get(word)) ? 1 : 0;
        }
        words += gold.size();
      }

      @Override
      public Scores scores() {
        return Scores.of(Map.of("accuracy", (double) right / Math.max(1, words)));
      }
    };
  }
}
