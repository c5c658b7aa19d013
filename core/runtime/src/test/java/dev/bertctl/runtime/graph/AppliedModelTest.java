// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.engine.EngineComparison;
import dev.bertctl.runtime.huggingface.PretrainedModel;
import dev.bertctl.runtime.inference.Evaluated;
import dev.bertctl.runtime.packing.Batch;
import dev.bertctl.runtime.tensorflow.ComputeDevice;
import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.head.ChoiceHead;
import dev.bertctl.spi.head.ClassifierHead;
import dev.bertctl.spi.head.EncoderNeed;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.head.HeadOutput;
import dev.bertctl.spi.head.Layout;
import dev.bertctl.spi.head.MultiLabelHead;
import dev.bertctl.spi.head.RegressionHead;
import dev.bertctl.spi.head.SpanHead;
import dev.bertctl.spi.head.TaggerHead;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.op.linalg.MatMul;

/** Models that are only applied give what models that are trained give, to the last bit. */
class AppliedModelTest {

  private static final List<String> LABELS = List.of("a", "b", "c");

  /** Of its dense layers the activation's factors are absorbed. */
  private static final String SCALED = "encoder.layer.0.intermediate.dense.weight";

  static List<Arguments> models() {
    BertConfig config = EngineComparison.config();
    return List.of(
        Arguments.of("classifier", config, new ClassifierHead(LABELS), 1),
        Arguments.of("multi-label", config, new MultiLabelHead(LABELS), 1),
        Arguments.of("regression", config, new RegressionHead(), 1),
        Arguments.of("tagger", config, new TaggerHead(LABELS), 1),
        Arguments.of("span", config, new SpanHead(), 1),
        Arguments.of("choice", config, new ChoiceHead(), 3),
        Arguments.of("word embeddings", config, overTokens(), 1),
        Arguments.of("D2L", config.asInD2l(), new ClassifierHead(LABELS), 1));
  }

  /** As language models' heads read them, which share the word embeddings with the encoder. */
  private static Head overTokens() {
    return new TestHead(
        List.of(),
        Set.of(EncoderNeed.WORD_EMBEDDINGS),
        graph ->
            HeadOutput.logits(
                Layout.PER_FEATURE,
                graph
                    .tf()
                    .linalg
                    .matMul(
                        TestHead.first(graph, graph.sequence()),
                        graph.outputEmbeddings("decoder.weight"),
                        MatMul.transposeB(true))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("models")
  void outputsAndLossesAreThoseOfTraining(String name, BertConfig config, Head head, int choices) {
    EngineComparison comparison = new EngineComparison(config, head, choices);
    PretrainedModel files = comparison.pretrained();
    try (BertModel trained = trained(files, head);
        BertModel applied = applied(files, head)) {
      for (int[] lengths : new int[][] {{1}, {32}, {9, 3, 30}}) {
        Batch batch = comparison.batch(lengths);
        assertSameBits(trained.predict(batch), applied.predict(batch));
        Evaluated expected = trained.evaluate(batch);
        Evaluated actual = applied.evaluate(batch);
        assertSameBits(expected.outputs(), actual.outputs());
        assertEquals(expected.losses(), actual.losses());
      }
    }
  }

  @Test
  void encodedStatesAndAttentionsAreThoseOfTraining() {
    Head head = new ClassifierHead(LABELS);
    EngineComparison comparison = EngineComparison.of(head);
    Batch batch = comparison.batch(9, 3, 30);
    try (BertModel trained = trained(comparison.pretrained(), head);
        BertModel applied = applied(comparison.pretrained(), head)) {
      Map<String, float[]> expected = trained.encoded(batch);
      Map<String, float[]> actual = applied.encoded(batch);
      assertEquals(expected.keySet(), actual.keySet());
      expected.forEach((name, values) -> assertArrayEquals(values, actual.get(name), name));
    }
  }

  @Test
  void whatIsHeldTimesANumberIsNotGivenBack() {
    Head head = new ClassifierHead(LABELS);
    PretrainedModel files = EngineComparison.of(head).pretrained();
    try (BertModel applied = applied(files, head)) {
      assertEquals(
          files.weights().get("classifier.weight").values(),
          applied.values().read("classifier.weight").values());
      assertEquals(
          "the variable '%s' of a model that is only applied holds 0.70710677 times the weight; read it where it was loaded from"
              .formatted(SCALED),
          assertThrows(IllegalStateException.class, () -> applied.values().read(SCALED))
              .getMessage());
    }
  }

  private static BertModel trained(PretrainedModel files, Head head) {
    return loaded(
        BertModel.create(
            "toy",
            files.config(),
            head,
            EngineComparison.vocabulary(),
            Optional.empty(),
            ComputeDevice.CPU),
        files,
        head);
  }

  private static BertModel applied(PretrainedModel files, Head head) {
    return loaded(
        BertModel.applied(
            "toy", files.config(), head, EngineComparison.vocabulary(), ComputeDevice.CPU),
        files,
        head);
  }

  private static BertModel loaded(BertModel model, PretrainedModel files, Head head) {
    ModelWeights.load(model, head, files, 0);
    return model;
  }

  private static void assertSameBits(
      List<Map<String, Matrix>> expected, List<Map<String, Matrix>> actual) {
    assertEquals(expected.size(), actual.size());
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.get(i).keySet(), actual.get(i).keySet());
      for (String name : expected.get(i).keySet()) {
        assertArrayEquals(
            expected.get(i).get(name).values(), actual.get(i).get(name).values(), name);
      }
    }
  }
}
