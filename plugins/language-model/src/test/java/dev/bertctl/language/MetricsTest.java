// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.decode.Classification;
import dev.bertctl.spi.metric.Metric.Scorer;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MetricsTest {

  private static final Document DOCUMENT = Documents.training("It rained.");

  @Test
  void perplexityAndAccuracies() {
    Scorer<Document, PretrainPrediction> scorer = new MaskedLmMetric(true).scorer();
    scorer.add(
        DOCUMENT,
        new PretrainPrediction(
            masks(List.of("it", "was", "all", "so"), List.of("it", "is", "all", "so")),
            pairs(0, 1)));
    scorer.losses(Map.of("masked_lm", Math.log(4), "next_sentence", 0.5));
    Map<String, Double> values = scorer.scores().values();
    assertEquals(4, values.get("perplexity"), 1e-12);
    assertEquals(0.75, values.get("masked_accuracy"));
    assertEquals(0.5, values.get("next_sentence_accuracy"));
    assertTrue(!new MaskedLmMetric(true).higherIsBetter());
  }

  @Test
  void predictionsAloneHaveNoPerplexity() {
    Scorer<Document, PretrainPrediction> scorer = new MaskedLmMetric(false).scorer();
    scorer.add(
        DOCUMENT, new PretrainPrediction(masks(List.of("it"), List.of("it")), NextSentences.NONE));
    assertEquals("{perplexity=NaN, masked_accuracy=1.0}", scorer.scores().values().toString());
  }

  @Test
  void accuracyOfPairs() {
    Scorer<Example, NextSentences> scorer = new NextSentenceMetric().scorer();
    scorer.add(DOCUMENT, pairs(0, 0, 0));
    scorer.add(DOCUMENT, pairs(1));
    assertEquals(Map.of("accuracy", 0.75), scorer.scores().values());
  }

  @Test
  void perplexityOfTokens() {
    Scorer<Document, TokenLikelihoods> scorer = new CausalLmMetric().scorer();
    scorer.add(DOCUMENT, new TokenLikelihoods(List.of(), List.of(Math.log(0.5))));
    scorer.add(DOCUMENT, new TokenLikelihoods(List.of(), List.of(Math.log(0.125))));
    assertEquals(4, scorer.scores().values().get("perplexity"), 1e-12);
  }

  private static MaskPrediction masks(List<String> predicted, List<String> gold) {
    return new MaskPrediction(
        predicted.stream().map(token -> List.of(new TokenProbability(token, 1))).toList(),
        gold,
        List.of());
  }

  /** Pairs that are predicted to follow each other. */
  private static NextSentences pairs(Integer... gold) {
    Classification next = new Classification(NextSentence.LABELS, 0, List.of());
    return new NextSentences(
        Stream.of(gold).map(label -> new NextSentence(next, OptionalInt.of(label))).toList(),
        false);
  }
}
