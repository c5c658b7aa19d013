// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.bertctl.runtime.TinyBert;
import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.encoder.DropoutSource;
import dev.bertctl.runtime.encoder.Parameter;
import dev.bertctl.runtime.encoder.Parameters;
import dev.bertctl.runtime.tensorflow.SessionRun;
import dev.bertctl.runtime.tensorflow.TensorFlowEngine;
import dev.bertctl.runtime.tokenize.TokenList;
import dev.bertctl.spi.head.ChoiceHead;
import dev.bertctl.spi.head.ClassifierHead;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.head.HeadOutput;
import dev.bertctl.spi.head.RegressionHead;
import dev.bertctl.spi.head.SpanHead;
import dev.bertctl.spi.head.TaggerHead;
import dev.bertctl.spi.packing.Target;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The heads' worked numbers, as their comments tell them. The encoder's output is given, with H = 2
 * hidden values a token, and the heads' kernels pick logits from them.
 */
class HeadNumbersTest {

  private static final float LN_3 = (float) Math.log(3);
  private static final float LOSS = (float) -Math.log(0.75);
  private static final float TOLERANCE = 1e-6f;

  /** The kernel of one output, which is the first hidden value. */
  private static final float[] FIRST = {1, 0};

  /** The kernel of two outputs, which are the two hidden values. */
  private static final float[] BOTH = {1, 0, 0, 1};

  @BeforeAll
  static void loadTensorFlow() {
    TensorFlowEngine.load();
  }

  @Test
  void classifier() {
    Numbers numbers =
        numbers(
            new ClassifierHead(List.of("a", "b")),
            new float[] {0, LN_3, 7, 8},
            BOTH,
            (run, inputs) -> run.feed(target(inputs), ints(Shape.of(2), 1, Target.IGNORED)));
    assertArrayEquals(new float[] {0, LN_3, 7, 8}, numbers.logits);
    assertArrayEquals(new float[] {LOSS, 0}, numbers.losses, TOLERANCE);
    assertArrayEquals(new float[] {1, 0}, numbers.weights);
  }

  @Test
  void tagger() {
    Numbers numbers =
        numbers(
            new TaggerHead(List.of("a", "b")),
            new float[] {0, LN_3, 0, LN_3},
            BOTH,
            (run, inputs) ->
                run.feed(inputs.mask(), ints(Shape.of(1, 2), 1, 1))
                    .feed(target(inputs), ints(Shape.of(1, 2), 1, Target.IGNORED)));
    assertArrayEquals(new float[] {0, LN_3, 0, LN_3}, numbers.logits);
    assertArrayEquals(new float[] {LOSS, 0}, numbers.losses, TOLERANCE);
    assertArrayEquals(new float[] {1, 0}, numbers.weights);
  }

  @Test
  void span() {
    Numbers numbers =
        numbers(
            new SpanHead(),
            new float[] {0, 7, LN_3, 8, 5, 9},
            BOTH,
            (run, inputs) ->
                run.feed(inputs.mask(), ints(Shape.of(1, 3), 1, 1, 0))
                    .feed(target(inputs), ints(Shape.of(1, 2), 1, Target.IGNORED)));
    assertArrayEquals(new float[] {0, 7, LN_3, 8, 5, 9}, numbers.logits);
    assertArrayEquals(new float[] {LOSS, 0}, numbers.losses, TOLERANCE);
    assertArrayEquals(new float[] {1, 0}, numbers.weights);
  }

  @Test
  void choice() {
    Numbers numbers =
        numbers(
            new ChoiceHead(),
            new float[] {0, 0, LN_3, 0, 5, 0},
            FIRST,
            (run, inputs) ->
                run.feed(inputs.choiceMask(), ints(Shape.of(1, 3), 1, 1, 0))
                    .feed(target(inputs), ints(Shape.of(1), 1)));
    assertArrayEquals(new float[] {0, LN_3, 5 - 3e4f}, numbers.logits);
    assertArrayEquals(new float[] {LOSS}, numbers.losses, TOLERANCE);
    assertArrayEquals(new float[] {1}, numbers.weights);
  }

  @Test
  void regression() {
    Numbers numbers =
        numbers(
            new RegressionHead(),
            new float[] {1.5f, 0},
            FIRST,
            (run, inputs) ->
                run.feed(target(inputs), TFloat32.tensorOf(Shape.of(1), t -> t.setFloat(1, 0))));
    assertArrayEquals(new float[] {1.5f}, numbers.logits);
    assertArrayEquals(new float[] {0.25f}, numbers.losses);
    assertArrayEquals(new float[] {1}, numbers.weights);
  }

  /**
   * Builds a head on given hidden values and runs it.
   *
   * @param hidden two values each of some tokens, which are one sequence [1,T,2] to heads on
   *     tokens, and the pooler's output of a sequence each [N,2] to the others
   * @param kernel the dense layer's weight; its bias is 0
   * @param feeding feeds what the head reads
   */
  private static Numbers numbers(
      Head head, float[] hidden, float[] kernel, BiConsumer<SessionRun, ModelInputs> feeding) {
    BertConfig config = TinyBert.config(5, 2, 8, 0, 0.1);
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Parameters parameters = Parameters.trained(tf);
      ModelInputs inputs = ModelInputs.create(tf, head.targets());
      Operand<TFloat32> pooled = tf.reshape(tf.constant(hidden), tf.constant(new int[] {-1, 2}));
      HeadOutput output =
          head.build(
              new HeadLayers(
                  tf,
                  parameters,
                  new DropoutSource(tf, Optional.empty()),
                  config,
                  new TokenList(TinyBert.VOCABULARY),
                  inputs,
                  head,
                  new Encoded(
                      List.of(tf.expandDims(pooled, tf.constant(0))),
                      List.of(),
                      Optional.of(pooled),
                      Optional.empty()),
                  new HeadLosses(graph, inputs, head, Optional.empty())));
      try (Session session = new Session(graph)) {
        for (Parameter parameter : parameters.all()) {
          float[] values =
              parameter.name().endsWith(".weight") ? kernel : new float[kernel.length / 2];
          Operand<TFloat32> value =
              tf.reshape(tf.constant(values), tf.constant(parameter.spec().dimensions()));
          session.run(tf.assignVariableOp(parameter.handle(), value));
        }
        try (SessionRun run = new SessionRun(session)) {
          feeding.accept(run, inputs);
          HeadOutput.Loss loss = output.losses().get(HeadOutput.LOSS);
          run.fetch(output.values().get(HeadOutput.LOGITS).values())
              .fetch(loss.values())
              .fetch(loss.weights())
              .run();
          return new Numbers(run.floats(0), run.floats(1), run.floats(2));
        }
      }
    }
  }

  private static Operand<?> target(ModelInputs inputs) {
    return inputs.targets().get(Target.MAIN);
  }

  private static TInt32 ints(Shape shape, int... values) {
    return TInt32.tensorOf(shape, DataBuffers.of(values));
  }

  private record Numbers(float[] logits, float[] losses, float[] weights) {}
}
