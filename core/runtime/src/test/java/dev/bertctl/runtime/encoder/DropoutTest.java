// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.encoder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.bertctl.runtime.tensorflow.SessionRun;
import dev.bertctl.runtime.tensorflow.TensorFlowEngine;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class DropoutTest {

  private static final int SIZE = 100_000;
  private static final double RATE = 0.25;

  @BeforeAll
  static void loadTensorFlow() {
    TensorFlowEngine.load();
  }

  @Test
  void zeroesItsShareAndKeepsTheMean() {
    float[] values = dropped(RATE, Optional.of(1L), 0);
    int zeros = 0;
    double sum = 0;
    for (float value : values) {
      if (value == 0) {
        zeros++;
      } else {
        assertEquals(1 / (1 - RATE), value, 1e-6);
      }
      sum += value;
    }
    // Four standard errors of the share.
    double error = 4 * Math.sqrt(RATE * (1 - RATE) / SIZE);
    assertEquals(RATE, (double) zeros / SIZE, error);
    assertEquals(1, sum / SIZE, error / (1 - RATE));
  }

  @Test
  void maskIsAFunctionOfSeedAndPlace() {
    float[] mask = dropped(RATE, Optional.of(1L), 0);
    assertArrayEquals(mask, dropped(RATE, Optional.of(1L), 0));
    assertFalse(Arrays.equals(mask, dropped(RATE, Optional.of(2L), 0)));
    assertFalse(Arrays.equals(mask, dropped(RATE, Optional.of(1L), 1)));
  }

  @Test
  void nothingIsDroppedInInferenceOrAtRateZero() {
    float[] ones = new float[SIZE];
    Arrays.fill(ones, 1);
    assertArrayEquals(ones, dropped(RATE, Optional.empty(), 0));
    assertArrayEquals(ones, dropped(0, Optional.of(1L), 0));
  }

  @Test
  void gradientPassesWhereTheValuePassed() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Dropout dropout = new DropoutSource(tf, Optional.of(tf.constant(1L))).at(RATE);
      Operand<TFloat32> y = dropout.forward(ones(tf));
      Operand<TFloat32> dx = dropout.backward(ones(tf));
      try (Session session = new Session(graph);
          SessionRun run = new SessionRun(session)) {
        run.fetch(y).fetch(dx).run();
        assertArrayEquals(run.floats(0), run.floats(1));
      }
    }
  }

  /** Ones after dropout at the given place. */
  private static float[] dropped(double rate, Optional<Long> seed, int place) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      DropoutSource source = new DropoutSource(tf, seed.map(tf::constant));
      for (int i = 0; i < place; i++) {
        source.at(rate);
      }
      Operand<TFloat32> y = source.at(rate).forward(ones(tf));
      try (Session session = new Session(graph);
          SessionRun run = new SessionRun(session)) {
        return run.fetch(y).run().floats(0);
      }
    }
  }

  private static Operand<TFloat32> ones(Ops tf) {
    return tf.fill(tf.constant(new int[] {SIZE / 100, 100}), tf.constant(1f));
  }
}
