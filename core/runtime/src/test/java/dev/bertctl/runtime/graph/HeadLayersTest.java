// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bertctl.runtime.TinyBert;
import dev.bertctl.runtime.packing.Batch;
import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.head.EncoderNeed;
import dev.bertctl.spi.head.HeadGraph;
import dev.bertctl.spi.head.HeadOutput;
import dev.bertctl.spi.head.Layout;
import dev.bertctl.spi.head.TargetSpec;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Target;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** The layers that heads are made of: worked numbers, and gradients against finite differences. */
class HeadLayersTest {

  private static final Set<EncoderNeed> POOLED = Set.of(EncoderNeed.POOLED_OUTPUT);
  private static final Batch BATCH = batch();

  @Test
  void layerNormCentersAndScalesEachRow() {
    assertArrayEquals(
        new float[] {-1, 1},
        logits(graph -> graph.layerNorm("LayerNorm", row(graph, 1, 3))),
        1e-5f);
  }

  @Test
  void maxTokensAreTheModelsPositions() {
    assertArrayEquals(
        new float[] {TinyBert.config(0).maxPositions(), 16},
        logits(graph -> row(graph, graph.maxTokens(), graph.hiddenSize())));
  }

  @Test
  void onlyTheComputationThatTrainsSaysSo() {
    List<Boolean> seen = new ArrayList<>();
    TestHead head =
        TestHead.between(
            graph -> {
              seen.add(graph.training());
              return graph.pooled();
            });
    RandomModel.of(head, Optional.of(TrainingSpec.DEFAULT)).close();
    assertEquals(List.of(false, true), seen);
  }

  @Test
  void layerNormTrains() {
    trains(
        graph -> graph.layerNorm("LayerNorm", graph.pooled()),
        "LayerNorm.weight",
        "LayerNorm.bias",
        "pooler.dense.weight");
  }

  @Test
  void gatherTakesHiddenStatesOfEachSequence() {
    try (BertModel model =
        RandomModel.of(TestHead.between(HeadLayersTest::secondToken), Optional.empty())) {
      int hidden = 16;
      model.values().assign("classifier.weight", identity(2, hidden));
      model.values().assign("classifier.bias", FloatBuffer.allocate(2));
      float[] sequence = model.encoded(BATCH).get("hidden_states.2");
      for (int i = 0; i < 2; i++) {
        float[] logits = logits(model, BATCH).get(i).values();
        int second = (i * BATCH.tokens() + 1) * hidden;
        assertArrayEquals(new float[] {sequence[second], sequence[second + 1]}, logits, 1e-6f);
      }
    }
  }

  @Test
  void gatherTrains() {
    trains(
        graph -> graph.tf().math.add(secondToken(graph), graph.pooled()),
        "encoder.layer.1.output.dense.weight",
        "encoder.layer.0.attention.self.value.weight");
  }

  @Test
  void attentionPoolingOfEqualScoresIsTheMeanOfTheTokens() {
    try (BertModel model =
        RandomModel.of(
            TestHead.between(
                graph ->
                    graph
                        .tf()
                        .math
                        .add(
                            graph.attentionPooling("attention"),
                            graph.tf().math.mul(graph.pooled(), graph.tf().constant(0f)))),
            Optional.empty())) {
      int hidden = 16;
      model.values().assign("attention.weight", FloatBuffer.allocate(hidden));
      model.values().assign("classifier.weight", identity(2, hidden));
      model.values().assign("classifier.bias", FloatBuffer.allocate(2));
      float[] sequence = model.encoded(BATCH).get("hidden_states.2");
      int length = BATCH.features().get(0).sequence().length();
      float sum = 0;
      for (int token = 0; token < length; token++) {
        sum += sequence[token * hidden];
      }
      assertEquals(sum / length, logits(model, BATCH).get(0).at(0, 0), 1e-6f);
    }
  }

  @Test
  void attentionPoolingTrains() {
    trains(
        graph -> graph.tf().math.add(graph.attentionPooling("attention"), graph.pooled()),
        "attention.weight",
        "encoder.layer.1.output.dense.weight");
  }

  @Test
  void maskPaddingLowersOnlyPadding() {
    assertArrayEquals(
        new float[] {0.5f, 0.25f - 3e4f},
        logits(
            graph ->
                graph.maskPadding(
                    row(graph, 0.5f, 0.25f), graph.tf().constant(new int[][] {{1, 0}}))),
        0);
  }

  @Test
  void maskPaddingTrains() {
    trains(
        graph ->
            graph.maskPadding(
                graph.pooled(),
                graph.tf().fill(graph.tf().shape(graph.pooled()), graph.tf().constant(1))),
        "pooler.dense.weight");
  }

  @Test
  void sigmoidCrossEntropyOfWorkedNumbers() {
    float logit = (float) Math.log(3);
    assertArrayEquals(
        new float[] {0.2877f, 1.3863f},
        logits(graph -> graph.sigmoidCrossEntropy(row(graph, logit, logit), row(graph, 1, 0))),
        1e-4f);
  }

  @Test
  void sigmoidCrossEntropyTrains() {
    assertTrains(
        graph -> {
          Operand<TFloat32> logits = graph.dense("classifier", graph.pooled(), 2);
          Operand<TFloat32> losses =
              graph
                  .tf()
                  .sum(graph.sigmoidCrossEntropy(logits, row(graph, 1, 0)), graph.tf().constant(1));
          return HeadOutput.logits(Layout.PER_FEATURE, logits)
              .trainedOn(losses, graph.hasTarget(graph.targets()));
        },
        "classifier.weight",
        "pooler.dense.weight");
  }

  /** Two labels of which both, one or none may apply: the mean of ln 2 each, where logits are 0. */
  @Test
  void labelsThatDoNotExcludeEachOtherTrain() {
    TestHead head =
        new TestHead(
            List.of(TargetSpec.numbers(2)),
            POOLED,
            graph -> {
              Ops tf = graph.tf();
              Operand<TFloat32> logits = graph.dense("classifier", graph.pooled(), 2);
              Operand<TFloat32> losses =
                  tf.math.mean(
                      graph.sigmoidCrossEntropy(logits, graph.numbers()), tf.constant(1)); // [B]
              return HeadOutput.logits(Layout.PER_FEATURE, logits)
                  .trainedOn(losses, tf.fill(tf.shape(losses), tf.constant(1f)));
            });
    Random random = new Random(4);
    Batch batch =
        Batch.of(
            List.of(
                RandomModel.feature(random, 4, Target.of(1f, 1f)),
                RandomModel.feature(random, 6, Target.of(0f, 1f))),
            0);
    try (BertModel model = RandomModel.of(head, Optional.of(TrainingSpec.DEFAULT))) {
      FiniteDifferences.check(
          model, batch, "classifier.weight", model.gradients(batch, 0).get("classifier.weight"));
      model.values().assign("classifier.weight", FloatBuffer.allocate(2 * 16));
      model.values().assign("classifier.bias", FloatBuffer.allocate(2));
      assertEquals(Math.log(2), model.evaluate(batch).losses().get(HeadOutput.LOSS).mean(), 1e-6);
    }
  }

  @Test
  void squaredErrorOfWorkedNumbers() {
    assertArrayEquals(
        new float[] {0.25f, 4},
        logits(graph -> graph.squaredError(row(graph, 1.5f, -1), row(graph, 1, 1))),
        1e-6f);
  }

  @Test
  void squaredErrorTrains() {
    assertTrains(
        graph -> {
          Operand<TFloat32> logits = graph.dense("classifier", graph.pooled(), 2);
          Operand<TFloat32> losses =
              graph.tf().sum(graph.squaredError(logits, row(graph, 1, 0)), graph.tf().constant(1));
          return HeadOutput.logits(Layout.PER_FEATURE, logits)
              .trainedOn(losses, graph.hasTarget(graph.targets()));
        },
        "classifier.weight",
        "pooler.dense.bias");
  }

  private static Operand<TFloat32> secondToken(HeadGraph graph) {
    Ops tf = graph.tf();
    var ones = tf.onesLike(tf.slice(graph.attentionMask(), start(tf), firstColumn(tf))); // [N,1]
    return tf.squeeze(graph.gather(graph.sequence(), ones), Squeeze.axis(List.of(1L)));
  }

  private static Operand<TInt32> start(Ops tf) {
    return tf.constant(new int[] {0, 0});
  }

  private static Operand<TInt32> firstColumn(Ops tf) {
    return tf.constant(new int[] {-1, 1});
  }

  /** A layer on the pooler's output, under a classifier of two labels. */
  private static void trains(Function<HeadGraph, Operand<TFloat32>> layer, String... parameters) {
    assertTrains(TestHead.between(layer), parameters);
  }

  private static void assertTrains(Function<HeadGraph, HeadOutput> layers, String... parameters) {
    assertTrains(TestHead.labelled(POOLED, layers), parameters);
  }

  private static void assertTrains(TestHead head, String... parameters) {
    try (BertModel model = RandomModel.of(head, Optional.of(TrainingSpec.DEFAULT))) {
      Map<String, float[]> gradients = model.gradients(BATCH, 0);
      for (String name : parameters) {
        FiniteDifferences.check(model, BATCH, name, gradients.get(name));
      }
    }
  }

  /** What a layer gives, one row, when it stands where the logits are. */
  private static float[] logits(Function<HeadGraph, Operand<TFloat32>> layer) {
    TestHead head =
        new TestHead(
            List.of(),
            Set.of(),
            graph -> HeadOutput.logits(Layout.PER_FEATURE, layer.apply(graph))); // [1,2]
    try (BertModel model = RandomModel.of(head, Optional.empty())) {
      for (var parameter : model.parameters()) {
        if (parameter.name().equals("LayerNorm.weight")) {
          model.values().assign(parameter.name(), FloatBuffer.wrap(new float[] {1, 1}));
        } else if (parameter.name().equals("LayerNorm.bias")) {
          model.values().assign(parameter.name(), FloatBuffer.allocate(2));
        }
      }
      return logits(model, Batch.of(BATCH.features().subList(0, 1), 0)).get(0).values();
    }
  }

  private static List<Matrix> logits(BertModel model, Batch batch) {
    return model.predict(batch).stream().map(outputs -> outputs.get(HeadOutput.LOGITS)).toList();
  }

  private static Operand<TFloat32> row(HeadGraph graph, float... values) {
    return graph.tf().constant(new float[][] {values});
  }

  private static FloatBuffer identity(int rows, int columns) {
    FloatBuffer values = FloatBuffer.allocate(rows * columns);
    for (int i = 0; i < rows; i++) {
      values.put(i * columns + i, 1);
    }
    return values;
  }

  private static Batch batch() {
    Random random = new Random(4);
    List<Feature> features =
        List.of(
            RandomModel.feature(random, 4, Target.of(0)),
            RandomModel.feature(random, 6, Target.of(1)));
    return Batch.of(features, 0);
  }
}
