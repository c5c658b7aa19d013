// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.qa;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The threshold of "no answer" with the best score, found as {@code evaluate-v2.0.py} does: at
 * first no question is answered, then one after the other, those with the lowest odds first.
 *
 * <p>Of three questions, the first with the odds -2 and a right answer, the second with 1 and none,
 * the third with 3 and a right answer, the first two are judged right with the threshold -2: 2/3.
 *
 * @param score the share of 1 that it reaches
 * @param threshold odds of the last question that is answered; empty if none is
 */
record BestThreshold(double score, OptionalDouble threshold) {

  /**
   * A question.
   *
   * @param odds of "no answer"
   * @param hasAnswer whether it has an answer
   * @param gain what is won by answering it: the answer's score, or -1 where there is no answer
   */
  record Odds(double odds, boolean hasAnswer, double gain) {

    /**
     * @param answered whether the prediction, without a threshold, is an answer
     * @param score of that answer
     */
    static Odds of(double odds, boolean hasAnswer, boolean answered, double score) {
      return new Odds(odds, hasAnswer, hasAnswer ? score : answered ? -1 : 0);
    }
  }

  static BestThreshold over(List<Odds> questions) {
    double sum = questions.stream().filter(question -> !question.hasAnswer()).count();
    double best = sum;
    OptionalDouble threshold = OptionalDouble.empty();
    List<Odds> sorted = questions.stream().sorted(Comparator.comparingDouble(Odds::odds)).toList();
    for (Odds question : sorted) {
      sum += question.gain();
      if (sum > best) {
        best = sum;
        threshold = OptionalDouble.of(question.odds());
      }
    }
    return new BestThreshold(best / questions.size(), threshold);
  }
}
