// SPDX-License-Identifier: Apache-2.0
package org.example.nercrf;

import dev.bertctl.spi.metric.BinaryCounts;
import dev.bertctl.spi.metric.Metric;
import dev.bertctl.spi.metric.Scores;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Precision, recall and F1 of entities, which are right if type, start and end are. Of two gold
 * entities one is found, and something else with it: all three are 1/2.
 */
record EntityMetric() implements Metric<Sentence, FoundEntities> {

  @Override
  public String primary() {
    return "f1";
  }

  @Override
  public Scorer<Sentence, FoundEntities> scorer() {
    return new Count();
  }

  private static final class Count implements Scorer<Sentence, FoundEntities> {

    private long right;
    private long gold;
    private long found;

    @Override
    public void add(Sentence sentence, FoundEntities prediction) {
      gold += sentence.entities().orElseThrow().size();
      found += prediction.entities().size();
      right += prediction.entities().stream().filter(sentence.entities().get()::contains).count();
    }

    @Override
    public Scores scores() {
      BinaryCounts counts = new BinaryCounts(right, found - right, gold - right, 0);
      Map<String, Double> values = new LinkedHashMap<>();
      values.put("f1", counts.f1());
      values.put("precision", counts.precision());
      values.put("recall", counts.recall());
      return Scores.of(values);
    }
  }
}
