// SPDX-License-Identifier: Apache-2.0
package org.example.nercrf;

import dev.bertctl.spi.decode.Matrix;

/**
 * Finds the sequence of labels with the highest score (Viterbi 1967) among the logits of {@link
 * CrfHead}.
 */
final class Viterbi {

  private Viterbi() {}

  /**
   * The best labels.
   *
   * @param steps [T,S·S]
   * @param tokens the tokens that have a label, in their order
   * @param labels L, which is S - 1
   * @return a label for each of these tokens
   */
  static int[] best(Matrix steps, int[] tokens, int labels) {
    int[][] before = new int[tokens.length][labels];
    // Scores of the best ways to each label; before the first token there is one way, the start.
    double[] scores = new double[] {0};
    for (int i = 0; i < tokens.length; i++) {
      double[] next = new double[labels];
      for (int label = 0; label < labels; label++) {
        next[label] = Double.NEGATIVE_INFINITY;
        for (int from = 0; from < scores.length; from++) {
          int row = i == 0 ? labels : from;
          double score = scores[from] + steps.at(tokens[i], row * (labels + 1) + label);
          if (score > next[label]) {
            next[label] = score;
            before[i][label] = from;
          }
        }
      }
      scores = next;
    }
    int[] path = new int[tokens.length];
    for (int i = tokens.length - 1; i >= 0; i--) {
      path[i] = i == tokens.length - 1 ? largest(scores) : before[i + 1][path[i + 1]];
    }
    return path;
  }

  private static int largest(double[] values) {
    int largest = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] > values[largest]) {
        largest = i;
      }
    }
    return largest;
  }
}
