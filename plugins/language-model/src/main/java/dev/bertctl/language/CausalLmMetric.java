// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import dev.bertctl.spi.metric.Metric;
import dev.bertctl.spi.metric.Scores;
import java.util.Map;

/**
 * Perplexity: the exponential of the mean, over all tokens, of {@code -log p}. Probabilities 0.5
 * and 0.125 give 4.
 */
record CausalLmMetric() implements Metric<Document, TokenLikelihoods> {

  @Override
  public String primary() {
    return MaskedLmMetric.PERPLEXITY;
  }

  @Override
  public boolean higherIsBetter() {
    return false;
  }

  @Override
  public Scorer<Document, TokenLikelihoods> scorer() {
    return new Count();
  }

  private static final class Count implements Scorer<Document, TokenLikelihoods> {

    private double sum;
    private long tokens;

    @Override
    public void add(Document document, TokenLikelihoods prediction) {
      sum += prediction.sum();
      tokens += prediction.logProbabilities().size();
    }

    @Override
    public Scores scores() {
      double perplexity = tokens == 0 ? Double.NaN : Math.exp(-sum / tokens);
      return Scores.of(Map.of(MaskedLmMetric.PERPLEXITY, perplexity));
    }
  }
}
