// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.runtime.packing.Batch;
import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.head.EncoderNeed;
import dev.bertctl.spi.head.HeadGraph;
import dev.bertctl.spi.head.HeadGraph.Initializer;
import dev.bertctl.spi.head.HeadOutput;
import dev.bertctl.spi.head.Layout;
import dev.bertctl.spi.head.TargetSpec;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Target;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;

/** Heads that read more of the encoder than its last hidden states. */
class EncoderReadersTest {

  private static final int HIDDEN = 16;
  private static final Set<EncoderNeed> STATES = Set.of(EncoderNeed.HIDDEN_STATES);
  private static final Batch BATCH = batch();

  @Test
  void gradientsReachEachLayer() {
    assertTrains(
        TestHead.classifier(
            STATES,
            graph ->
                graph
                    .tf()
                    .concat(
                        graph.hiddenStates().stream()
                            .map(states -> TestHead.first(graph, states))
                            .toList(),
                        graph.tf().constant(1))), // [N,3·H]
        "classifier.weight",
        "encoder.layer.1.output.LayerNorm.weight",
        "encoder.layer.1.attention.self.value.weight",
        "encoder.layer.0.output.LayerNorm.weight",
        "encoder.layer.0.intermediate.dense.weight",
        "embeddings.LayerNorm.weight",
        "embeddings.word_embeddings.weight");
  }

  @Test
  void layersBehindTheOneThatIsReadHaveNoGradient() {
    TestHead head =
        TestHead.classifier(STATES, graph -> TestHead.first(graph, graph.hiddenStates().get(1)));
    assertTrains(
        head, "encoder.layer.0.output.LayerNorm.weight", "embeddings.word_embeddings.weight");
    try (BertModel model = RandomModel.of(head, Optional.of(TrainingSpec.DEFAULT))) {
      model
          .gradients(BATCH, 0)
          .forEach(
              (name, gradient) -> {
                if (name.startsWith("encoder.layer.1.")) {
                  assertArrayEquals(new float[gradient.length], gradient, name);
                }
              });
    }
  }

  @Test
  void lastOfTheHiddenStatesIsTheSequence() {
    Map<String, float[]> expected =
        gradients(TestHead.classifier(Set.of(), graph -> TestHead.first(graph, graph.sequence())));
    Map<String, float[]> actual =
        gradients(
            TestHead.classifier(
                STATES,
                graph -> {
                  assertEquals(3, graph.hiddenStates().size());
                  return TestHead.first(graph, graph.hiddenStates().get(2));
                }));
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach(
        (name, gradient) -> assertArrayEquals(gradient, actual.get(name), 1e-6f, name));
  }

  /** As where a mask is made of a layer that is not to be trained through it. */
  @Test
  void oneLayerMayBeReadWithoutAGradient() {
    assertTrains(
        TestHead.classifier(
            STATES,
            graph -> {
              Operand<TFloat32> early = TestHead.first(graph, graph.hiddenStates().get(0));
              return graph
                  .tf()
                  .math
                  .mul(
                      TestHead.first(graph, graph.sequence()),
                      graph.tf().math.sigmoid(graph.tf().stopGradient(early)));
            }),
        "encoder.layer.1.output.LayerNorm.weight",
        "classifier.weight");
  }

  @Test
  void attentionsAreProbabilitiesOfTokens() {
    TestHead head =
        new TestHead(
            List.of(),
            Set.of(EncoderNeed.ATTENTIONS),
            graph -> {
              Ops tf = graph.tf();
              assertEquals(2, graph.attentions().size());
              return HeadOutput.of(
                  "attention",
                  Layout.PER_TOKEN,
                  tf.gather(graph.attentions().get(1), tf.constant(1), tf.constant(1))); // [N,T,T]
            });
    try (BertModel model = RandomModel.of(head, Optional.empty())) {
      float[] all = model.encoded(BATCH).get("attentions.1"); // [2,2,6,6]
      Matrix attention = model.predict(BATCH).get(0).get("attention");
      assertEquals(4, attention.rows());
      assertEquals(6, attention.columns());
      assertArrayEquals(Arrays.copyOfRange(all, 6 * 6, 6 * 6 + 4 * 6), attention.values());
      for (int token = 0; token < 4; token++) {
        float[] row = attention.row(token);
        assertEquals(1, row[0] + row[1] + row[2] + row[3], 1e-6);
        assertEquals(0, row[4] + row[5]);
      }
    }
  }

  @Test
  void noGradientFlowsThroughAttentions() {
    Map<String, float[]> expected =
        gradients(TestHead.between(graph -> graph.tf().math.mul(graph.pooled(), scale(graph))));
    Map<String, float[]> actual =
        gradients(
            TestHead.classifier(
                Set.of(EncoderNeed.POOLED_OUTPUT, EncoderNeed.ATTENTIONS),
                graph -> {
                  Ops tf = graph.tf();
                  Operand<TFloat32> ones =
                      tf.sum(graph.attentions().get(0), tf.constant(new int[] {2, 3})); // [N,A]
                  Operand<TFloat32> one =
                      tf.math.div(
                          tf.sum(ones, tf.constant(1)),
                          tf.dtypes.cast(
                              tf.math.mul(
                                  tf.constant(2),
                                  tf.gather(
                                      tf.shape(graph.tokenIds()), tf.constant(1), tf.constant(0))),
                              TFloat32.class)); // [N]
                  return tf.math.mul(
                      tf.math.mul(graph.pooled(), tf.expandDims(one, tf.constant(1))),
                      scale(graph));
                }));
    expected.forEach(
        (name, gradient) -> assertArrayEquals(gradient, actual.get(name), 1e-5f, name));
  }

  private static Operand<TFloat32> scale(HeadGraph graph) {
    return graph.tf().constant(2f);
  }

  /** The gradient of the embeddings is the sum of that of the input and that of the output. */
  @Test
  void outputLayerThatSharesTheWordEmbeddings() {
    try (BertModel model = RandomModel.of(tied(), Optional.of(TrainingSpec.DEFAULT))) {
      Batch batch = masked();
      Map<String, float[]> gradients = model.gradients(batch, 0);
      float[] words = gradients.get("embeddings.word_embeddings.weight");
      FiniteDifferences.check(model, batch, "embeddings.word_embeddings.weight", words);
      FiniteDifferences.check(model, batch, "output.bias", gradients.get("output.bias"));
      // No input has the id 0, but the output layer has a row for it.
      assertTrue(largest(Arrays.copyOf(words, HIDDEN)) > 1e-3);
    }
    try (BertModel model =
        RandomModel.of(
            TestHead.classifier(Set.of(), graph -> TestHead.first(graph, graph.sequence())),
            Optional.of(TrainingSpec.DEFAULT))) {
      float[] words = model.gradients(BATCH, 0).get("embeddings.word_embeddings.weight");
      assertEquals(0, largest(Arrays.copyOf(words, HIDDEN)));
    }
  }

  /** A masked language model without the layer before its output. */
  private static TestHead tied() {
    return new TestHead(
        List.of(TargetSpec.of(TargetSpec.Form.TOKEN_PER_POSITION)),
        Set.of(EncoderNeed.WORD_EMBEDDINGS),
        graph -> {
          Ops tf = graph.tf();
          Operand<TFloat32> logits =
              tf.math.add(
                  tf.linalg.matMul(
                      graph.atPositions(),
                      graph.outputEmbeddings("cls.predictions.decoder.weight"),
                      MatMul.transposeB(true)),
                  graph.parameter(
                      "output.bias", Initializer.ZEROS, graph.vocabulary().size())); // [M,V]
          return HeadOutput.logits(Layout.PER_POSITION, logits)
              .trainedOn(
                  graph.softmaxCrossEntropy(logits, graph.targets()),
                  graph.hasTarget(graph.targets()));
        });
  }

  private static Batch masked() {
    Random random = new Random(4);
    return Batch.of(
        List.of(
            RandomModel.feature(random, 5, Target.of(9, 12)).at(1, 3),
            RandomModel.feature(random, 7, Target.of(20)).at(4)),
        0);
  }

  @Test
  void laterTokensChangeNoEarlierOutputOfCausalAttention() {
    Feature feature = BATCH.features().get(1); // 6 tokens
    int[] ids = feature.sequence().ids().clone();
    ids[4] = ids[4] % 20 + 5;
    Feature changed = Feature.of(feature.sequence().withIds(ids));
    for (boolean causal : List.of(true, false)) {
      try (BertModel model =
          RandomModel.of(
              states(causal ? Set.of(EncoderNeed.CAUSAL_ATTENTION) : Set.of()), Optional.empty())) {
        Matrix before = states(model, feature);
        Matrix after = states(model, changed);
        for (int token = 0; token < 6; token++) {
          double difference = difference(before.row(token), after.row(token));
          assertEquals(
              causal && token < 4, difference < 1e-6, "token " + token + ": " + difference);
        }
        // Alone and beside a longer sequence they are the same.
        Matrix padded =
            model
                .predict(
                    Batch.of(
                        List.of(feature, RandomModel.feature(new Random(1), 20, Target.NONE)), 0))
                .get(0)
                .get("states");
        assertArrayEquals(before.values(), padded.values(), 1e-5f);
      }
    }
  }

  @Test
  void causalAttentionTrains() {
    assertTrains(
        TestHead.classifier(
            Set.of(EncoderNeed.CAUSAL_ATTENTION),
            graph ->
                graph
                    .tf()
                    .gather(graph.sequence(), graph.tf().constant(3), graph.tf().constant(1))),
        "encoder.layer.0.attention.self.query.weight",
        "encoder.layer.0.attention.self.value.weight",
        "embeddings.word_embeddings.weight");
  }

  private static TestHead states(Set<EncoderNeed> needs) {
    return new TestHead(
        List.of(), needs, graph -> HeadOutput.of("states", Layout.PER_TOKEN, graph.sequence()));
  }

  private static Matrix states(BertModel model, Feature feature) {
    return model.predict(Batch.of(List.of(feature), 0)).get(0).get("states");
  }

  private static double difference(float[] a, float[] b) {
    float[] differences = new float[a.length];
    for (int i = 0; i < a.length; i++) {
      differences[i] = a[i] - b[i];
    }
    return largest(differences);
  }

  private static double largest(float... values) {
    double largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  private static Map<String, float[]> gradients(TestHead head) {
    try (BertModel model = RandomModel.of(head, Optional.of(TrainingSpec.DEFAULT))) {
      return model.gradients(BATCH, 0);
    }
  }

  private static void assertTrains(TestHead head, String... parameters) {
    try (BertModel model = RandomModel.of(head, Optional.of(TrainingSpec.DEFAULT))) {
      Map<String, float[]> gradients = model.gradients(BATCH, 0);
      for (String name : parameters) {
        FiniteDifferences.check(model, BATCH, name, gradients.get(name));
      }
    }
  }

  private static Batch batch() {
    Random random = new Random(4);
    return Batch.of(
        List.of(
            RandomModel.feature(random, 4, Target.of(0)),
            RandomModel.feature(random, 6, Target.of(1))),
        0);
  }
}
