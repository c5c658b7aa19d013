// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.encoder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.bertctl.runtime.TinyBert;
import dev.bertctl.runtime.tensorflow.TensorFlowEngine;
import dev.bertctl.runtime.tensorflow.line.TestRuns;
import dev.bertctl.runtime.weights.WeightTensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.NodeExecStats;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.types.TFloat32;

/** Layers computed a second time for the backward pass, dropout on. */
class GradientCheckpointingTest {

  /** In the steps that TensorFlow keeps; of oneDNN's kernel, where it takes that. */
  private static final Pattern SOFTMAX = Pattern.compile(" = (_Mkl)?Softmax\\(");

  private static final BertConfig CONFIG = TinyBert.config(0.2);

  /**
   * Of the largest gradient: TensorFlow fuses ops of the two graphs differently. Those of the keys'
   * biases are nothing but rounding.
   */
  private static final double TOLERANCE = 3e-6;

  private static final int SEQUENCES = 3;
  private static final int TOKENS = 7;

  @BeforeAll
  static void loadTensorFlow() {
    TensorFlowEngine.load();
  }

  @Test
  void everyGradientIsTheSame() {
    Step kept = step(false, 1);
    Step recomputed = step(true, 1);
    assertEquals(kept.gradients().keySet(), recomputed.gradients().keySet());
    assertEquals(BertParameters.encoder(CONFIG).size(), kept.gradients().size());
    float tolerance = (float) (TOLERANCE * largest(kept.gradients()));
    kept.gradients()
        .forEach(
            (name, expected) ->
                assertArrayEquals(expected, recomputed.gradients().get(name), tolerance, name));
    assertNotEquals(0, kept.gradients().get("encoder.layer.0.output.dense.bias")[0]);
  }

  @Test
  void masksAreThoseOfTheStepsSeed() {
    String name = "encoder.layer.0.output.dense.bias";
    assertNotEquals(step(true, 1).gradients().get(name)[0], step(true, 2).gradients().get(name)[0]);
  }

  /** TensorFlow must not find that it has computed the same before, and keep that. */
  @Test
  void everyLayerButTheLastIsReallyComputedTwice() {
    assertEquals(CONFIG.layers(), step(false, 1).softmaxes());
    assertEquals(2 * CONFIG.layers() - 1, step(true, 1).softmaxes());
  }

  private static double largest(Map<String, float[]> gradients) {
    double largest = 0;
    for (float[] values : gradients.values()) {
      for (float value : values) {
        largest = Math.max(largest, Math.abs(value));
      }
    }
    return largest;
  }

  private static Step step(boolean recompute, long seed) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Parameters parameters = Parameters.trained(tf);
      parameters.declare(BertParameters.encoder(CONFIG));
      Encoder encoder =
          new Encoder(
              tf,
              parameters,
              new DropoutSource(tf, Optional.of(tf.constant(seed))),
              CONFIG,
              AttentionMask.BIDIRECTIONAL,
              recompute);
      encoder.forward(input(tf));
      Gradients gradients =
          new Gradients(tf, ParameterSpec.shapes(BertParameters.encoder(CONFIG)).keySet());
      encoder.backward(Map.of(CONFIG.layers(), upstream(tf)), gradients);
      try (Session session = new Session(graph)) {
        initialize(tf, session, parameters);
        return run(session, gradients.byName());
      }
    }
  }

  private static EncoderInput input(Ops tf) {
    int[][] ids = new int[SEQUENCES][TOKENS];
    int[][] segments = new int[SEQUENCES][TOKENS];
    int[][] mask = new int[SEQUENCES][TOKENS];
    for (int i = 0; i < SEQUENCES; i++) {
      for (int j = 0; j < TOKENS; j++) {
        ids[i][j] = 1 + (5 * i + 3 * j) % (CONFIG.vocabSize() - 1);
        segments[i][j] = j / 4;
        mask[i][j] = j < TOKENS - i ? 1 : 0;
      }
    }
    return EncoderInput.of(tf, tf.constant(ids), tf.constant(segments), tf.constant(mask));
  }

  /** A gradient of the last hidden states. */
  private static Operand<TFloat32> upstream(Ops tf) {
    float[][][] values = new float[SEQUENCES][TOKENS][CONFIG.hiddenSize()];
    for (int i = 0; i < SEQUENCES; i++) {
      for (int j = 0; j < TOKENS; j++) {
        for (int k = 0; k < CONFIG.hiddenSize(); k++) {
          values[i][j][k] = (float) Math.sin(i + 2.0 * j + 3.0 * k);
        }
      }
    }
    return tf.constant(values);
  }

  private static void initialize(Ops tf, Session session, Parameters parameters) {
    Map<String, WeightTensor> weights = TinyBert.weights(CONFIG, 7);
    Session.Runner runner = session.runner();
    for (Parameter parameter : parameters.all()) {
      Operand<TFloat32> value =
          tf.constant(
              Shape.of(parameter.spec().dimensions()),
              DataBuffers.of(weights.get(parameter.name()).values()));
      runner.addTarget(tf.assignVariableOp(parameter.handle(), value).op());
    }
    runner.run();
  }

  private static Step run(Session session, Map<String, Operand<TFloat32>> wanted) {
    Session.Runner runner = session.runner();
    wanted.values().forEach(runner::fetch);
    TestRuns.Traced run =
        TestRuns.traced(
            runner,
            RunOptions.newBuilder().setTraceLevel(RunOptions.TraceLevel.FULL_TRACE).build());
    Map<String, float[]> gradients = new LinkedHashMap<>();
    for (String name : wanted.keySet()) {
      TFloat32 tensor = (TFloat32) run.outputs().get(gradients.size());
      float[] values = new float[Math.toIntExact(tensor.size())];
      tensor.asRawTensor().data().asFloats().read(values);
      gradients.put(name, values);
    }
    run.outputs().forEach(Tensor::close);
    List<NodeExecStats> nodes =
        run.metadata().getStepStats().getDevStatsList().stream()
            .flatMap(device -> device.getNodeStatsList().stream())
            .toList();
    long softmaxes =
        nodes.stream().filter(node -> SOFTMAX.matcher(node.getTimelineLabel()).find()).count();
    return new Step(gradients, softmaxes);
  }

  /**
   * What a step gave.
   *
   * @param gradients by parameter
   * @param softmaxes how often attention probabilities were computed
   */
  private record Step(Map<String, float[]> gradients, long softmaxes) {}
}
