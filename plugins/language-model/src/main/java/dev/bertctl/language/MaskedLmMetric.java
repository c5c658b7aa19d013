// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import dev.bertctl.spi.metric.Metric;
import dev.bertctl.spi.metric.Scores;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Perplexity, the exponential of the mean loss of the masked tokens, and the share of them that is
 * predicted; for pre-training also the share of pairs that is. A loss of ln 4 = 1.3863 is a
 * perplexity of 4. Predictions alone have none.
 *
 * @param pairs whether pairs are judged
 */
record MaskedLmMetric(boolean pairs) implements Metric<Document, PretrainPrediction> {

  static final String PERPLEXITY = "perplexity";

  @Override
  public String primary() {
    return PERPLEXITY;
  }

  @Override
  public boolean higherIsBetter() {
    return false;
  }

  @Override
  public Scorer<Document, PretrainPrediction> scorer() {
    return new Count(pairs);
  }

  private static final class Count implements Scorer<Document, PretrainPrediction> {

    private final boolean pairs;
    private final Tally masked = new Tally();
    private final Tally next = new Tally();
    private double perplexity = Double.NaN;

    Count(boolean pairs) {
      this.pairs = pairs;
    }

    @Override
    public void add(Document document, PretrainPrediction prediction) {
      MaskPrediction masks = prediction.masks();
      for (int mask = 0; mask < masks.gold().size(); mask++) {
        masked.add(masks.masks().get(mask).get(0).token().equals(masks.gold().get(mask)));
      }
      prediction.next().pairs().forEach(pair -> next.add(pair.isRight()));
    }

    @Override
    public void losses(Map<String, Double> means) {
      perplexity = Math.exp(means.getOrDefault(MaskedLmHead.LOSS, Double.NaN));
    }

    @Override
    public Scores scores() {
      Map<String, Double> values = new LinkedHashMap<>();
      values.put(PERPLEXITY, perplexity);
      values.put("masked_accuracy", masked.share());
      if (pairs) {
        values.put("next_sentence_accuracy", next.share());
      }
      return Scores.of(values);
    }
  }
}
