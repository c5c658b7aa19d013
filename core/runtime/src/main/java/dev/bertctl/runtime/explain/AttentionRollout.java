// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.explain;

import dev.bertctl.runtime.packing.Batch;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Attention roll-out (Abnar and Zuidema, 2020): each layer's attention, the mean of its heads and
 * half of it the residual connection, multiplied from the first layer to the last.
 *
 * <p>Two tokens that attend to each other alone, in one layer, have the rows (0.5, 0.5) and (0.5,
 * 0.5).
 */
final class AttentionRollout {

  private final ExplainedCase explained;

  AttentionRollout(ExplainedCase explained) {
    this.explained = explained;
  }

  /** The row of the token that the head reads: {@code [CLS]}, or that whose tag is explained. */
  Attribution attribution() {
    Batch batch = explained.batch(List.of(explained.feature()));
    int tokens = batch.tokens();
    List<double[]> layers =
        explained.attentions(batch).stream()
            .map(layer -> mean(layer, batch.sequences(), tokens))
            .toList();
    double[] all = of(layers, tokens);
    int row =
        switch (explained.output().kind()) {
          case TAGS, SPANS -> explained.explained().row();
          case CLASSES, LABELS, NUMBERS, CHOICES -> 0;
        };
    return Attribution.ofTokens(
        ExplanationMethod.ATTENTION_ROLLOUT,
        explained.words(),
        Arrays.stream(all, row * tokens, row * tokens + explained.sequence().length())
            .boxed()
            .toList(),
        Optional.empty());
  }

  /** The mean over heads of the explained sequence's attention, [T,T]. */
  private double[] mean(float[] layer, int sequences, int tokens) {
    int square = tokens * tokens;
    int heads = layer.length / sequences / square;
    double[] mean = new double[square];
    int from = explained.explained().sequence() * heads * square;
    for (int i = 0; i < heads * square; i++) {
      mean[i % square] += layer[from + i] / heads;
    }
    return mean;
  }

  /**
   * Rolls out.
   *
   * @param layers attention of each layer, the attending token first, [T,T] row-major each
   * @return [T,T]: how much of each token (column) is in each token of the last layer (row)
   */
  static double[] of(List<double[]> layers, int tokens) {
    double[] rolled = identity(tokens);
    for (double[] layer : layers) {
      double[] next = new double[rolled.length];
      for (int row = 0; row < tokens; row++) {
        for (int inner = 0; inner < tokens; inner++) {
          double residual = row == inner ? 1 : 0;
          double weight = (layer[row * tokens + inner] + residual) / 2;
          for (int column = 0; column < tokens; column++) {
            next[row * tokens + column] += weight * rolled[inner * tokens + column];
          }
        }
      }
      rolled = next;
    }
    return rolled;
  }

  private static double[] identity(int tokens) {
    double[] identity = new double[tokens * tokens];
    for (int i = 0; i < tokens; i++) {
      identity[i * tokens + i] = 1;
    }
    return identity;
  }
}
