// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.explain;

import java.util.ArrayList;
import java.util.List;

/** Scores of hidden units as scores of the explained sequence's tokens. */
final class TokenScores {

  private TokenScores() {}

  /**
   * Sums over the hidden size.
   *
   * @param scores of one feature, [C,T,H]
   * @return [T] of the explained sequence, without padding
   */
  static List<Double> of(ExplainedCase explained, double[] scores) {
    int sequences = explained.feature().sequences().size();
    int tokens = explained.batch(List.of(explained.feature())).tokens();
    int hidden = scores.length / sequences / tokens;
    List<Double> perToken = new ArrayList<>();
    for (int token = 0; token < explained.sequence().length(); token++) {
      int from = (explained.explained().sequence() * tokens + token) * hidden;
      double sum = 0;
      for (int i = from; i < from + hidden; i++) {
        sum += scores[i];
      }
      perToken.add(sum);
    }
    return perToken;
  }
}
