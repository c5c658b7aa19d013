// SPDX-License-Identifier: Apache-2.0
package org.example.nercrf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.bertctl.spi.decode.Matrix;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ViterbiTest {

  private static final int LABELS = 3;
  private static final int STATES = LABELS + 1;

  @Test
  void findsTheBestOfAllSequences() {
    Random random = new Random(6);
    for (int round = 0; round < 50; round++) {
      float[] values = new float[7 * STATES * STATES];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) random.nextGaussian();
      }
      Matrix steps = new Matrix(values, 7, STATES * STATES);
      int[] tokens = {1, 2, 4, 5};
      assertArrayEquals(bestOfAll(steps, tokens), Viterbi.best(steps, tokens, LABELS));
    }
  }

  @Test
  void noTokensHaveNoLabels() {
    Matrix steps = new Matrix(new float[2 * STATES * STATES], 2, STATES * STATES);
    assertArrayEquals(new int[0], Viterbi.best(steps, new int[0], LABELS));
  }

  private static int[] bestOfAll(Matrix steps, int[] tokens) {
    int[] best = new int[0];
    double bestScore = Double.NEGATIVE_INFINITY;
    for (int number = 0; number < Math.pow(LABELS, tokens.length); number++) {
      int[] path = new int[tokens.length];
      for (int i = 0, rest = number; i < path.length; i++, rest /= LABELS) {
        path[i] = rest % LABELS;
      }
      double score = 0;
      for (int i = 0; i < path.length; i++) {
        int from = i == 0 ? LABELS : path[i - 1];
        score += steps.at(tokens[i], from * STATES + path[i]);
      }
      if (score > bestScore) {
        bestScore = score;
        best = path;
      }
    }
    return best;
  }
}
