// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bertctl.runtime.inference.Evaluated;
import dev.bertctl.runtime.packing.Batch;
import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.head.EncoderNeed;
import dev.bertctl.spi.head.HeadGraph;
import dev.bertctl.spi.head.HeadGraph.Initializer;
import dev.bertctl.spi.head.HeadOutput;
import dev.bertctl.spi.head.Layout;
import dev.bertctl.spi.head.TargetSpec;
import dev.bertctl.spi.head.TargetSpec.Form;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Heads with an output layer that shares the word embeddings, with positions, two losses and causal
 * attention, against Hugging Face's classes on PyTorch: outputs, losses, and all gradients.
 */
class LanguageModelHeadsTest {

  /** Absolute, of logits up to 5; the reference's own float32 round-off is 1.1e-5. */
  private static final double TOLERANCE = 3e-5;

  static final String TOKENS = "tokens";
  static final String NEXT = "next-sentence";
  private static final TargetSpec AT_POSITIONS =
      TargetSpec.of(Form.TOKEN_PER_POSITION).named(TOKENS);
  private static final TargetSpec NEXT_SENTENCE = TargetSpec.label(2).named(NEXT);

  @Test
  void maskedLanguageModel() {
    GoldenModel golden = GoldenModel.of("language-model/masked-lm");
    TestHead head =
        new TestHead(
            List.of(AT_POSITIONS),
            Set.of(EncoderNeed.WORD_EMBEDDINGS),
            LanguageModelHeadsTest::masked);
    Batch batch = Batch.of(masked(golden, golden.batch().features()), 0);
    try (BertModel model = golden.build(head, Optional.of(TrainingSpec.DEFAULT))) {
      Evaluated evaluated = model.evaluate(batch);
      assertTokensEqual(golden, batch, evaluated);
      assertEquals(golden.floats("loss")[0], evaluated.losses().get(TOKENS).mean(), TOLERANCE);
      TrainingGoldenTest.assertGradientsEqual(golden, model.gradients(batch, 0));
    }
  }

  @Test
  void nextSentence() {
    GoldenModel golden = GoldenModel.of("language-model/next-sentence");
    TestHead head =
        new TestHead(
            List.of(NEXT_SENTENCE),
            Set.of(EncoderNeed.POOLED_OUTPUT),
            graph -> {
              Operand<TFloat32> logits = nextSentence(graph);
              return nextLoss(graph, logits, HeadOutput.of(NEXT, Layout.PER_FEATURE, logits));
            });
    Batch batch = Batch.of(next(golden, golden.batch().features()), 0);
    try (BertModel model = golden.build(head, Optional.of(TrainingSpec.DEFAULT))) {
      Evaluated evaluated = model.evaluate(batch);
      assertNextEqual(golden, evaluated);
      assertEquals(golden.floats("loss")[0], evaluated.losses().get(NEXT).mean(), TOLERANCE);
      TrainingGoldenTest.assertGradientsEqual(golden, model.gradients(batch, 0));
    }
  }

  @Test
  void bothOfPretraining() {
    GoldenModel golden = GoldenModel.of("language-model/pretraining");
    TestHead head = pretraining();
    Batch batch = Batch.of(next(golden, masked(golden, golden.batch().features())), 0);
    try (BertModel model = golden.build(head, Optional.of(TrainingSpec.DEFAULT))) {
      Evaluated evaluated = model.evaluate(batch);
      assertTokensEqual(golden, batch, evaluated);
      assertNextEqual(golden, evaluated);
      assertEquals(golden.floats("loss.mlm")[0], evaluated.losses().get(TOKENS).mean(), TOLERANCE);
      assertEquals(golden.floats("loss.nsp")[0], evaluated.losses().get(NEXT).mean(), TOLERANCE);
      TrainingGoldenTest.assertGradientsEqual(golden, model.gradients(batch, 0));
      BertModel.Trained trained = model.train(List.of(batch), new Optimizer.Step(1, 1e-3, 1), 0);
      assertEquals(golden.floats("loss")[0], trained.loss(), TOLERANCE);
    }
  }

  @Test
  void causalLanguageModel() {
    GoldenModel golden = GoldenModel.of("language-model/causal-lm");
    TestHead head =
        new TestHead(
            List.of(TargetSpec.of(Form.TOKEN_PER_TOKEN).named(TOKENS)),
            Set.of(EncoderNeed.CAUSAL_ATTENTION, EncoderNeed.WORD_EMBEDDINGS),
            graph -> {
              Operand<TFloat32> logits = tied(graph, graph.tokens()); // [N·T,V]
              Operand<TInt32> targets =
                  graph.tf().reshape(graph.targets(TOKENS), graph.tf().constant(new int[] {-1}));
              return HeadOutput.of(
                      TOKENS, Layout.PER_TOKEN, graph.perToken(logits, graph.vocabulary().size()))
                  .trainedOn(
                      TOKENS,
                      graph.softmaxCrossEntropy(logits, targets),
                      graph.hasTarget(targets),
                      1);
            });
    List<Feature> features =
        golden.batch().features().stream().map(LanguageModelHeadsTest::shifted).toList();
    Batch batch = Batch.of(features, 0);
    try (BertModel model = golden.build(head, Optional.of(TrainingSpec.DEFAULT))) {
      Evaluated evaluated = model.evaluate(batch);
      for (int row = 0; row < batch.size(); row++) {
        Matrix logits = evaluated.outputs().get(row).get(TOKENS);
        for (int token = 0; token < logits.rows(); token++) {
          assertRowEquals(golden, batch, row, token, logits.row(token));
        }
      }
      assertEquals(golden.floats("loss")[0], evaluated.losses().get(TOKENS).mean(), TOLERANCE);
      TrainingGoldenTest.assertGradientsEqual(golden, model.gradients(batch, 0));
    }
  }

  /** Masked tokens and next sentence, with output layers that share the word embeddings. */
  static TestHead pretraining() {
    return new TestHead(
        List.of(AT_POSITIONS, NEXT_SENTENCE),
        Set.of(EncoderNeed.POOLED_OUTPUT, EncoderNeed.WORD_EMBEDDINGS),
        graph -> {
          Operand<TFloat32> logits = nextSentence(graph);
          return nextLoss(graph, logits, masked(graph).and(NEXT, Layout.PER_FEATURE, logits));
        });
  }

  /** Each token's target is the next token. */
  private static Feature shifted(Feature feature) {
    int[] ids = feature.sequence().ids();
    int[] next = Arrays.copyOfRange(ids, 1, ids.length + 1);
    next[ids.length - 1] = Target.IGNORED;
    return feature.with(TOKENS, Target.of(next));
  }

  /** Logits at the positions, without a loss. */
  static HeadOutput predicted(HeadGraph graph) {
    return HeadOutput.of(TOKENS, Layout.PER_POSITION, tied(graph, graph.atPositions()));
  }

  private static HeadOutput masked(HeadGraph graph) {
    Operand<TFloat32> logits = tied(graph, graph.atPositions()); // [M,V]
    return HeadOutput.of(TOKENS, Layout.PER_POSITION, logits)
        .trainedOn(
            TOKENS,
            graph.softmaxCrossEntropy(logits, graph.targets(TOKENS)),
            graph.hasTarget(graph.targets(TOKENS)),
            1);
  }

  private static Operand<TFloat32> tied(HeadGraph graph, Operand<TFloat32> states) {
    Ops tf = graph.tf();
    Operand<TFloat32> transformed =
        graph.layerNorm(
            "cls.predictions.transform.LayerNorm",
            graph.activation(
                graph.dense("cls.predictions.transform.dense", states, graph.hiddenSize())));
    return tf.math.add(
        tf.linalg.matMul(
            transformed,
            graph.outputEmbeddings("cls.predictions.decoder.weight"),
            MatMul.transposeB(true)),
        graph.parameter("cls.predictions.bias", Initializer.ZEROS, graph.vocabulary().size()));
  }

  private static Operand<TFloat32> nextSentence(HeadGraph graph) {
    return graph.dense("cls.seq_relationship", graph.pooled(), 2);
  }

  private static HeadOutput nextLoss(HeadGraph graph, Operand<TFloat32> logits, HeadOutput output) {
    return output.trainedOn(
        NEXT,
        graph.softmaxCrossEntropy(logits, graph.targets(NEXT)),
        graph.hasTarget(graph.targets(NEXT)),
        1);
  }

  /** The features with the reference's labels at their positions. */
  private static List<Feature> masked(GoldenModel golden, List<Feature> features) {
    int[] labels = golden.longs("labels");
    int width = labels.length / features.size();
    List<Feature> masked = new ArrayList<>();
    for (int row = 0; row < features.size(); row++) {
      int[] own = Arrays.copyOfRange(labels, row * width, (row + 1) * width);
      int[] positions = IntStream.range(0, width).filter(i -> own[i] != Target.IGNORED).toArray();
      masked.add(
          features
              .get(row)
              .at(positions)
              .with(TOKENS, Target.of(Arrays.stream(positions).map(i -> own[i]).toArray())));
    }
    return masked;
  }

  private static List<Feature> next(GoldenModel golden, List<Feature> features) {
    int[] labels = golden.longs("next_sentence_label");
    return IntStream.range(0, features.size())
        .mapToObj(row -> features.get(row).with(NEXT, Target.of(labels[row])))
        .toList();
  }

  private static void assertTokensEqual(GoldenModel golden, Batch batch, Evaluated evaluated) {
    for (int row = 0; row < batch.size(); row++) {
      Matrix logits = evaluated.outputs().get(row).get(TOKENS);
      int[] positions = batch.features().get(row).positions();
      assertEquals(positions.length, logits.rows());
      for (int k = 0; k < positions.length; k++) {
        assertRowEquals(golden, batch, row, positions[k], logits.row(k));
      }
    }
  }

  private static void assertRowEquals(
      GoldenModel golden, Batch batch, int row, int token, float... actual) {
    float[] all = golden.floats("logits"); // [B,T,V]
    int from = (row * batch.tokens() + token) * actual.length;
    assertClose(Arrays.copyOfRange(all, from, from + actual.length), actual);
  }

  private static void assertNextEqual(GoldenModel golden, Evaluated evaluated) {
    float[] all = golden.floats("seq_relationship_logits");
    for (int row = 0; row < evaluated.outputs().size(); row++) {
      assertClose(
          Arrays.copyOfRange(all, 2 * row, 2 * row + 2),
          evaluated.outputs().get(row).get(NEXT).values());
    }
  }

  private static void assertClose(float[] expected, float[] actual) {
    assertEquals(expected.length, actual.length);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], TOLERANCE, "value " + i);
    }
  }
}
