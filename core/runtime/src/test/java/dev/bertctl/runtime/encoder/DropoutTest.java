// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.encoder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.runtime.tensorflow.SessionRun;
import dev.bertctl.runtime.tensorflow.TensorFlowEngine;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
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

  /** A byte has not the value 25.6: each mask takes 25 or 26. */
  @Test
  void ratesBetweenTwoBytesHoldOverManyMasks() {
    int masks = 200;
    double sum = 0;
    Set<Boolean> above = new HashSet<>();
    for (long seed = 0; seed < masks; seed++) {
      int zeros = 0;
      for (float value : dropped(0.1, Optional.of(seed), 0)) {
        zeros += value == 0 ? 1 : 0;
      }
      above.add(zeros > 0.1 * SIZE);
      sum += (double) zeros / SIZE;
    }
    assertEquals(Set.of(true, false), above);
    // Four standard errors: of which byte a mask takes, and of what falls below it.
    double ofMask = 0.4 * 0.6 / (256 * 256.0);
    double ofValues = 0.1 * 0.9 / SIZE;
    assertEquals(0.1, sum / masks, 4 * Math.sqrt((ofMask + ofValues) / masks));
  }

  @Test
  void rowsOfAnyLengthAreDrawn() {
    for (int length = 1; length < 10; length++) {
      float[] values = dropped(0.5, Optional.of(3L), 0, new int[] {2000, length});
      for (int column = 0; column < length; column++) {
        int zeros = 0;
        for (int row = 0; row < 2000; row++) {
          zeros += values[row * length + column] == 0 ? 1 : 0;
        }
        assertEquals(1000, zeros, 4 * Math.sqrt(500), "column " + column + " of " + length);
      }
    }
  }

  @Test
  void nearlyAllMayBeDropped() {
    float[] values = dropped(0.999, Optional.of(1L), 0);
    assertTrue(IntStream.range(0, SIZE).anyMatch(i -> values[i] > 0));
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
    return dropped(rate, seed, place, new int[] {SIZE / 100, 100});
  }

  private static float[] dropped(double rate, Optional<Long> seed, int place, int... shape) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      DropoutSource source = new DropoutSource(tf, seed.map(tf::constant));
      for (int i = 0; i < place; i++) {
        source.at(rate);
      }
      Operand<TFloat32> y = source.at(rate).forward(tf.fill(tf.constant(shape), tf.constant(1f)));
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
