// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Target;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class PredictionsTest {

  private final TestPacker packer = new TestPacker(20);
  private final Feature feature = Feature.of(packer.single(packer.tokenize("it rained")));

  @Test
  void nextSentenceOfAPair() {
    SentencePair pair =
        new SentencePair(
            Documents.training("").location(), Map.of(), "A", "B", OptionalInt.empty());
    NextSentences prediction =
        NextSentences.of(
            pair,
            TestOutput.of(
                packer,
                feature,
                Map.of("logits", new Matrix(new float[] {(float) Math.log(3), 0}, 1, 2))),
            "logits");
    assertEquals("is_next", prediction.fields().get("predicted"));
    Map<?, ?> probabilities = (Map<?, ?>) prediction.fields().get("probabilities");
    assertEquals(0.75, (double) probabilities.get("is_next"), 1e-7);
    assertEquals(0.25, (double) probabilities.get("not_next"), 1e-7);
  }

  @Test
  void nextSentenceOfADocument() {
    NextSentences prediction =
        NextSentences.of(
            Documents.of(Purpose.EVALUATION, "it rained"),
            TestOutput.of(
                packer,
                feature.with("next-sentence", Target.of(1)),
                Map.of("logits", new Matrix(new float[] {0, 0}, 1, 2))),
            "logits");
    assertEquals(
        Map.of(
            "pairs",
            List.of(
                Map.of(
                    "gold",
                    "not_next",
                    "predicted",
                    "is_next",
                    "probabilities",
                    Map.of("is_next", 0.5, "not_next", 0.5)))),
        prediction.fields());
  }

  @Test
  void likelihoodsBeginWithTheSecondToken() {
    float half = (float) Math.log(0.5);
    float eighth = (float) Math.log(0.125);
    TokenLikelihoods prediction =
        TokenLikelihoods.of(
            TestOutput.of(
                packer,
                feature,
                Map.of(
                    "next_log_probabilities",
                    new Matrix(new float[] {half, eighth, -0.1f, -9}, 4, 1))));
    assertEquals(List.of("it", "rained", "[SEP]"), prediction.tokens());
    assertEquals(List.of(-0.6931472, -2.0794415, -0.1), prediction.logProbabilities());
  }

  @Test
  void perplexityOfAText() {
    TokenLikelihoods prediction =
        new TokenLikelihoods(List.of("it", "rained"), List.of(Math.log(0.5), Math.log(0.125)));
    assertEquals(4, (double) prediction.fields().get("perplexity"), 1e-12);
    assertEquals(
        List.of("tokens", "log_probabilities", "perplexity"),
        List.copyOf(prediction.fields().keySet()));
  }

  @Test
  void embeddingOfAText() {
    Embedding embedding =
        Embedding.of(
            TestOutput.of(
                packer, feature, Map.of("embedding", new Matrix(new float[] {0.6f, 0.1f}, 1, 2))),
            Pooling.MEAN);
    assertEquals(Map.of("embedding", List.of(0.6, 0.1)), embedding.fields());
    assertEquals(1, embedding.vectors().size());
    assertArrayEquals(new float[] {0.6f, 0.1f}, embedding.vectors().get(0));
  }

  @Test
  void embeddingsOfTokens() {
    Embedding embedding =
        Embedding.of(
            TestOutput.of(
                packer, feature, Map.of("embedding", new Matrix(new float[] {1, 2, 3, 4}, 4, 1))),
            Pooling.TOKEN);
    assertEquals(
        Map.of(
            "tokens",
            List.of("[CLS]", "it", "rained", "[SEP]"),
            "embeddings",
            List.of(List.of(1.0), List.of(2.0), List.of(3.0), List.of(4.0))),
        embedding.fields());
  }
}
