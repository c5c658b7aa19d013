// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.metric.Metric;
import dev.bertctl.spi.metric.Scores;
import java.util.Map;

/** The share of pairs that is predicted right: 0.75 for three of four. */
record NextSentenceMetric() implements Metric<Example, NextSentences> {

  private static final String ACCURACY = "accuracy";

  @Override
  public String primary() {
    return ACCURACY;
  }

  @Override
  public Scorer<Example, NextSentences> scorer() {
    return new Count(new Tally());
  }

  private record Count(Tally tally) implements Scorer<Example, NextSentences> {

    @Override
    public void add(Example example, NextSentences prediction) {
      prediction.pairs().forEach(pair -> tally.add(pair.isRight()));
    }

    @Override
    public Scores scores() {
      return Scores.of(Map.of(ACCURACY, tally.share()));
    }
  }
}
