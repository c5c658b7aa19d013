// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.runtime.TinyBert;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.inference.Evaluated;
import dev.bertctl.runtime.inference.LossSum;
import dev.bertctl.runtime.packing.Batch;
import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.head.EncoderNeed;
import dev.bertctl.spi.head.HeadOutput;
import dev.bertctl.spi.head.Layout;
import dev.bertctl.spi.head.TargetSpec;
import dev.bertctl.spi.head.TargetSpec.Form;
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
import org.tensorflow.types.TFloat32;

/** Several outputs and losses by name, outputs and targets at positions, heads without targets. */
class HeadOutputsTest {

  private static final int HIDDEN = 16;
  private static final int VOCABULARY = TinyBert.VOCABULARY.size();
  private static final double FACTOR = 0.25;

  private final Random random = new Random(4);

  @Test
  void outputsAtPositionsAreEachFeaturesOwn() {
    TestHead head =
        new TestHead(
            List.of(),
            Set.of(),
            graph ->
                HeadOutput.of("states", Layout.PER_POSITION, graph.atPositions())
                    .and("all", Layout.PER_TOKEN, graph.sequence()));
    try (BertModel model = RandomModel.of(head, Optional.empty())) {
      List<Feature> features =
          List.of(
              RandomModel.feature(random, 5, Target.NONE).at(4, 0),
              RandomModel.feature(random, 9, Target.NONE),
              RandomModel.feature(random, 7, Target.NONE).at(2, 2, 6));
      List<Map<String, Matrix>> outputs = model.predict(Batch.of(features, 0));
      for (int i = 0; i < features.size(); i++) {
        Matrix states = outputs.get(i).get("states");
        Matrix all = outputs.get(i).get("all");
        int[] positions = features.get(i).positions();
        assertEquals(features.get(i).sequence().length(), all.rows());
        assertEquals(positions.length, states.rows());
        assertEquals(HIDDEN, states.columns());
        for (int k = 0; k < positions.length; k++) {
          assertArrayEquals(all.row(positions[k]), states.row(k));
        }
      }
    }
  }

  @Test
  void targetsOfPositionsTrain() {
    try (BertModel model = RandomModel.of(pretraining(), Optional.of(TrainingSpec.DEFAULT))) {
      Batch batch = batch();
      Map<String, float[]> gradients = model.gradients(batch, 0);
      for (String name :
          List.of(
              "tokens.weight",
              "next.bias",
              "pooler.dense.weight",
              "encoder.layer.1.output.LayerNorm.weight",
              "encoder.layer.0.attention.self.value.weight",
              "embeddings.word_embeddings.weight")) {
        FiniteDifferences.check(model, batch, name, gradients.get(name));
      }
    }
  }

  @Test
  void batchWithoutAnyPosition() {
    Feature feature =
        RandomModel.feature(random, 6, Target.NONE)
            .with("tokens", Target.of(new int[0]))
            .with("next", Target.of(1));
    try (BertModel model = RandomModel.of(pretraining(), Optional.of(TrainingSpec.DEFAULT))) {
      Batch batch = Batch.of(List.of(feature, feature), 0);
      Matrix tokens = model.predict(batch).get(1).get("tokens");
      assertEquals(0, tokens.rows());
      assertEquals(VOCABULARY, tokens.columns());
      Evaluated evaluated = model.evaluate(batch);
      assertEquals(new LossSum(0, 0, 1), evaluated.losses().get("tokens"));
      assertEquals(0, evaluated.losses().get("tokens").mean());
      double next = evaluated.losses().get("next").mean();
      float[] gradient = model.gradients(batch, 0).get("tokens.weight");
      assertArrayEquals(new float[gradient.length], gradient);
      BertModel.Trained trained = model.train(List.of(batch), new Optimizer.Step(1, 1e-3, 1), 0);
      assertEquals(FACTOR * next, trained.loss(), 1e-6);
      assertTrue(Double.isFinite(trained.gradientNorm()) && trained.gradientNorm() > 0);
    }
  }

  /** Each loss has its own mean; what is trained on is their sum, each times its factor. */
  @Test
  void severalLosses() {
    try (BertModel model = RandomModel.of(pretraining(), Optional.of(TrainingSpec.DEFAULT))) {
      Batch batch = batch();
      Evaluated evaluated = model.evaluate(batch);
      assertEquals(List.of("tokens", "next"), List.copyOf(evaluated.losses().keySet()));
      LossSum tokens = evaluated.losses().get("tokens");
      LossSum next = evaluated.losses().get("next");
      assertEquals(
          crossEntropies(evaluated, "tokens", new int[][] {{9, -1}, {}, {20, 7}}),
          tokens.sum(),
          1e-4);
      assertEquals(
          crossEntropies(evaluated, "next", new int[][] {{0}, {1}, {1}}), next.sum(), 1e-4);
      assertEquals(3, tokens.weight(), "one of four has no target");
      assertEquals(3, next.weight());
      assertEquals(1, tokens.factor());
      assertEquals(FACTOR, next.factor());
      assertEquals(tokens.sum() / 3, tokens.mean());
      LossSum twice = tokens.plus(tokens);
      assertEquals(6, twice.weight());
      assertEquals(tokens.mean(), twice.mean());
      BertModel.Trained trained = model.train(List.of(batch), new Optimizer.Step(1, 1e-3, 1), 0);
      assertEquals(List.of("tokens", "next"), List.copyOf(trained.losses().keySet()));
      assertEquals(tokens.mean(), trained.losses().get("tokens"), 1e-5);
      assertEquals(next.mean(), trained.losses().get("next"), 1e-5);
      assertEquals(tokens.mean() + FACTOR * next.mean(), trained.loss(), 1e-5);
    }
  }

  /** The sum over rows of the negative log-softmax at the targets; negative ones are left out. */
  private static double crossEntropies(Evaluated evaluated, String output, int[][] targets) {
    double sum = 0;
    for (int feature = 0; feature < targets.length; feature++) {
      Matrix logits = evaluated.outputs().get(feature).get(output);
      assertEquals(targets[feature].length, logits.rows());
      for (int row = 0; row < logits.rows(); row++) {
        int target = targets[feature][row];
        if (target >= 0) {
          double total = 0;
          for (float logit : logits.row(row)) {
            total += Math.exp(logit);
          }
          sum += Math.log(total) - logits.at(row, target);
        }
      }
    }
    return sum;
  }

  /** A token for each position and a label for the whole, which counts for a quarter. */
  private static TestHead pretraining() {
    return new TestHead(
        List.of(
            TargetSpec.of(Form.TOKEN_PER_POSITION).named("tokens"),
            TargetSpec.label(2).named("next")),
        Set.of(EncoderNeed.POOLED_OUTPUT),
        graph -> {
          Operand<TFloat32> tokens = graph.dense("tokens", graph.atPositions(), VOCABULARY);
          Operand<TFloat32> next = graph.dense("next", graph.dropout(graph.pooled()), 2);
          return HeadOutput.of("tokens", Layout.PER_POSITION, tokens)
              .and("next", Layout.PER_FEATURE, next)
              .trainedOn(
                  "tokens",
                  graph.softmaxCrossEntropy(tokens, graph.targets("tokens")),
                  graph.hasTarget(graph.targets("tokens")),
                  1)
              .trainedOn(
                  "next",
                  graph.softmaxCrossEntropy(next, graph.targets("next")),
                  graph.hasTarget(graph.targets("next")),
                  FACTOR);
        });
  }

  private Batch batch() {
    return Batch.of(
        List.of(
            RandomModel.feature(random, 5, Target.NONE)
                .at(4, 1)
                .with("tokens", Target.of(9, Target.IGNORED))
                .with("next", Target.of(0)),
            RandomModel.feature(random, 4, Target.NONE)
                .with("tokens", Target.of(new int[0]))
                .with("next", Target.of(1)),
            RandomModel.feature(random, 8, Target.NONE)
                .at(2, 6)
                .with("tokens", Target.of(20, 7))
                .with("next", Target.of(1))),
        0);
  }

  @Test
  void headWithoutTargetsPredictsOnly() {
    TestHead head =
        new TestHead(
            List.of(),
            Set.of(EncoderNeed.POOLED_OUTPUT),
            graph -> HeadOutput.of("embedding", Layout.PER_FEATURE, graph.pooled()));
    Batch batch = batch();
    try (BertModel model = RandomModel.of(head, Optional.empty())) {
      float[] pooled = model.encoded(batch).get("pooled");
      List<Map<String, Matrix>> outputs = model.predict(batch);
      for (int i = 0; i < 3; i++) {
        assertArrayEquals(
            Arrays.copyOfRange(pooled, i * HIDDEN, (i + 1) * HIDDEN),
            outputs.get(i).get("embedding").values());
      }
      assertEquals(Map.of(), model.evaluate(batch).losses());
    }
    assertEquals(
        "the head of task 'toy' has no loss: it is not trained, only applied",
        assertThrows(
                UserException.class, () -> RandomModel.of(head, Optional.of(TrainingSpec.DEFAULT)))
            .getMessage());
  }

  @Test
  void outputsOfChoicesAreOneColumn() {
    TestHead head =
        new TestHead(
            List.of(),
            Set.of(EncoderNeed.POOLED_OUTPUT),
            graph -> {
              Ops tf = graph.tf();
              return HeadOutput.of(
                  "score",
                  Layout.PER_CHOICE,
                  tf.reshape(
                      graph.dense("score", graph.pooled(), 1), tf.shape(graph.choiceMask())));
            });
    List<Feature> features = List.of(choices(5, 8), choices(7, 4, 9));
    try (BertModel model = RandomModel.of(head, Optional.empty())) {
      List<Map<String, Matrix>> outputs = model.predict(Batch.of(features, 0));
      Matrix last = outputs.get(1).get("score");
      assertEquals(3, last.rows());
      assertEquals(1, last.columns());
      assertEquals(2, outputs.get(0).get("score").rows());
      float alone =
          model
              .predict(Batch.of(List.of(Feature.of(features.get(1).sequences().get(2))), 0))
              .get(0)
              .get("score")
              .at(0, 0);
      assertEquals(alone, last.at(2, 0), 1e-5);
    }
  }

  private Feature choices(int... lengths) {
    return Feature.of(
        Arrays.stream(lengths).mapToObj(length -> RandomModel.sequence(random, length)).toList(),
        Target.NONE);
  }

  @Test
  void layerThatIsUsedTwiceHasOneParameter() {
    TestHead head =
        TestHead.between(
            graph ->
                graph
                    .tf()
                    .math
                    .add(
                        graph.dense("shared", graph.pooled(), 4),
                        graph.dense("shared", TestHead.first(graph, graph.sequence()), 4)));
    Batch batch =
        Batch.of(
            List.of(
                RandomModel.feature(random, 5, Target.of(0)),
                RandomModel.feature(random, 4, Target.of(1))),
            0);
    try (BertModel model = RandomModel.of(head, Optional.of(TrainingSpec.DEFAULT))) {
      Map<String, float[]> gradients = model.gradients(batch, 0);
      assertEquals(4 * HIDDEN, gradients.get("shared.weight").length);
      FiniteDifferences.check(model, batch, "shared.weight", gradients.get("shared.weight"));
    }
  }

  /** Dropout in training must leave the width known. */
  @Test
  void droppedValuesKeepTheirWidth() {
    TestHead head =
        TestHead.between(
            graph ->
                graph.dense(
                    "second",
                    graph.dropout(
                        graph.layerNorm(
                            "norm", graph.activation(graph.dense("first", dropped(graph), 8)))),
                    4));
    try (BertModel model = RandomModel.of(head, 0.1, Optional.of(TrainingSpec.DEFAULT))) {
      assertEquals(List.of(8, HIDDEN), model.values().shape("first.weight"));
    }
  }

  private static Operand<TFloat32> dropped(dev.bertctl.spi.head.HeadGraph graph) {
    Ops tf = graph.tf();
    return tf.math.add(
        graph.dropout(graph.pooled()),
        tf.math.add(
            tf.gather(graph.dropout(graph.tokens()), tf.constant(new int[] {0, 1}), tf.constant(0)),
            graph.dropout(graph.attentionPooling("attention"))));
  }
}
