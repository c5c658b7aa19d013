// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.encoder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.runtime.tensorflow.SessionRun;
import dev.bertctl.runtime.tensorflow.TensorFlowEngine;
import dev.bertctl.spi.head.HeadGraph.Initializer;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The layers' worked numbers, as their comments tell them. */
class LayersTest {

  @BeforeAll
  static void loadTensorFlow() {
    TensorFlowEngine.load();
  }

  @Test
  void dense() {
    assertArrayEquals(
        new float[] {16},
        layer(
            new float[] {1, 2},
            ParameterSpec.dense("dense", 2, 1),
            List.of(new float[] {3, 4}, new float[] {5}),
            (tf, parameters) -> new Dense(tf, parameters, "dense")::forward));
  }

  @Test
  void layerNorm() {
    assertArrayEquals(
        new float[] {-1, 1},
        layer(
            new float[] {1, 3},
            ParameterSpec.layerNorm("norm", 2),
            List.of(new float[] {1, 1}, new float[] {0, 0}),
            (tf, parameters) -> new LayerNorm(tf, parameters, "norm", 2, 0)::forward),
        1e-6f);
    assertArrayEquals(
        new float[] {-1.5f, 2.5f},
        layer(
            new float[] {1, 3},
            ParameterSpec.layerNorm("norm", 2),
            List.of(new float[] {2, 2}, new float[] {0.5f, 0.5f}),
            (tf, parameters) -> new LayerNorm(tf, parameters, "norm", 2, 0)::forward),
        1e-6f);
  }

  @Test
  void gelu() {
    float root = (float) Math.sqrt(0.5); // which the dense layers around it multiply by
    float[] output =
        layer(
            new float[] {root, 0}, List.of(), List.of(), (tf, parameters) -> new Gelu(tf)::forward);
    assertArrayEquals(new float[] {0.8413f, 0}, new float[] {root * output[0], output[1]}, 5e-5f);
  }

  @Test
  void denseAbsorbsAScale() {
    List<float[]> weights = List.of(new float[] {3, 4}, new float[] {5});
    assertArrayEquals(
        new float[] {32},
        layer(
            new float[] {1, 2},
            ParameterSpec.dense("dense", 2, 1),
            weights,
            (tf, parameters) -> Dense.scalingOutput(tf, parameters, "dense", 2)::forward));
    assertArrayEquals(
        new float[] {27},
        layer(
            new float[] {1, 2},
            ParameterSpec.dense("dense", 2, 1),
            weights,
            (tf, parameters) -> Dense.scalingInput(tf, parameters, "dense", 2)::forward));
  }

  @Test
  void geluTanh() {
    assertArrayEquals(
        new float[] {0.8412f, 0},
        layer(
            new float[] {1, 0},
            List.of(),
            List.of(),
            (tf, parameters) -> new GeluTanh(tf)::forward),
        5e-5f);
  }

  @Test
  void parameterGetsOneGradient() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Operand<TFloat32> value = tf.constant(1f);
      Gradients gradients = new Gradients(tf, Set.of("classifier.weight"));
      gradients.put("classifier.weight", () -> value);
      IllegalStateException e =
          assertThrows(
              IllegalStateException.class, () -> gradients.put("classifier.weight", () -> value));
      assertEquals("a second gradient for classifier.weight", e.getMessage());
    }
  }

  @Test
  void gradientsOfSeveralUsesAreAdded() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Gradients gradients = new Gradients(tf, Set.of("words"));
      gradients.add("words", () -> tf.constant(2f));
      gradients.add("words", () -> tf.constant(3f));
      try (Session session = new Session(graph);
          SessionRun run = new SessionRun(session)) {
        assertEquals(5, run.fetch(gradients.byName().get("words")).run().floats(0)[0]);
      }
    }
  }

  @Test
  void parameterAskedForAgainIsTheSame() {
    try (Graph graph = new Graph()) {
      Parameters parameters = Parameters.trained(Ops.create(graph));
      ParameterSpec spec = ParameterSpec.of("a.weight", List.of(2, 3), Initializer.NORMAL);
      assertSame(parameters.declare(spec), parameters.declare(spec));
      assertSame(parameters.declare(spec), parameters.value("a.weight"));
      assertEquals(1, parameters.all().size());
    }
  }

  @Test
  void parameterAskedForInTwoWaysIsAnError() {
    try (Graph graph = new Graph()) {
      Parameters parameters = Parameters.trained(Ops.create(graph));
      parameters.declare(ParameterSpec.of("a.weight", List.of(2, 3), Initializer.NORMAL));
      assertConflict(
          "the parameter 'a.weight' is asked for as NORMAL [2, 3] and as NORMAL [3, 2]; give one of them another name",
          parameters,
          ParameterSpec.of("a.weight", List.of(3, 2), Initializer.NORMAL));
      assertConflict(
          "the parameter 'a.weight' is asked for as NORMAL [2, 3] and as ONES [2, 3]; give one of them another name",
          parameters,
          ParameterSpec.of("a.weight", List.of(2, 3), Initializer.ONES));
    }
  }

  private static void assertConflict(String message, Parameters parameters, ParameterSpec spec) {
    assertEquals(
        message,
        assertThrows(IllegalStateException.class, () -> parameters.declare(spec)).getMessage());
  }

  @Test
  void whatIsAppliedIsHeldAsItIsRead() {
    try (Graph graph = new Graph()) {
      Parameters parameters = Parameters.applied(Ops.create(graph));
      parameters.declare(ParameterSpec.dense("a", 3, 2));
      assertSame(parameters.scaled("a.weight", 2), parameters.scaled("a.weight", 2));
      assertEquals(
          "the parameter 'a.weight' is read times 2.0 and times 1.0",
          assertThrows(IllegalStateException.class, () -> parameters.value("a.weight"))
              .getMessage());
      assertEquals(List.of(2f, 1f), parameters.all().stream().map(Parameter::scale).toList());
    }
  }

  @Test
  void whatIsTrainedIsHeldAsItIs() {
    try (Graph graph = new Graph()) {
      Parameters parameters = Parameters.trained(Ops.create(graph));
      parameters.declare(ParameterSpec.dense("a", 3, 2));
      assertNotSame(parameters.scaled("a.weight", 2), parameters.value("a.weight"));
      assertEquals(List.of(1f, 1f), parameters.all().stream().map(Parameter::scale).toList());
    }
  }

  @Test
  void parameterThatWasNotDeclaredHasNoValue() {
    try (Graph graph = new Graph()) {
      Parameters parameters = Parameters.trained(Ops.create(graph));
      assertEquals(
          "the parameter 'a.weight' was not declared",
          assertThrows(IllegalArgumentException.class, () -> parameters.value("a.weight"))
              .getMessage());
    }
  }

  /** Runs a layer on one row; its parameters are assigned in the order of their declaration. */
  private static float[] layer(
      float[] input,
      List<ParameterSpec> specs,
      List<float[]> weights,
      BiFunction<Ops, Parameters, Layer> maker) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Parameters parameters = Parameters.trained(tf);
      parameters.declare(specs);
      Operand<TFloat32> x =
          tf.reshape(tf.constant(input), tf.constant(new int[] {1, input.length}));
      Operand<TFloat32> y = maker.apply(tf, parameters).forward(x);
      try (Session session = new Session(graph)) {
        int next = 0;
        for (Parameter parameter : parameters.all()) {
          Operand<TFloat32> value =
              tf.reshape(
                  tf.constant(weights.get(next++)), tf.constant(parameter.spec().dimensions()));
          session.run(tf.assignVariableOp(parameter.handle(), value));
        }
        try (SessionRun run = new SessionRun(session)) {
          return run.fetch(y).run().floats(0);
        }
      }
    }
  }

  private interface Layer {
    Operand<TFloat32> forward(Operand<TFloat32> x);
  }
}
