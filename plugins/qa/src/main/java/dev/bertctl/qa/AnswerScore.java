// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.qa;

import java.util.List;

/**
 * How well an answer fits the gold answers: the best value over all of them.
 *
 * @param exact 1 if it is one of them, else 0
 * @param f1 see {@link AnswerText#f1}
 */
record AnswerScore(double exact, double f1) {

  /** Of a question that nobody gave a prediction for. */
  static final AnswerScore NONE = new AnswerScore(0, 0);

  /** As {@code evaluate-v1.1.py}: a text of nothing but articles and punctuation has F1 0. */
  static AnswerScore squad1(String predicted, List<String> gold) {
    return best(AnswerText.of(predicted), gold.stream().map(AnswerText::of).toList());
  }

  /**
   * As {@code evaluate-v2.0.py}: gold answers of nothing but articles and punctuation do not count,
   * and where there is no other the right answer is none.
   */
  static AnswerScore squad2(String predicted, List<String> gold) {
    AnswerText text = AnswerText.of(predicted);
    List<AnswerText> answers =
        gold.stream().map(AnswerText::of).filter(each -> !each.isEmpty()).toList();
    return answers.isEmpty()
        ? new AnswerScore(text.isEmpty() ? 1 : 0, text.isEmpty() ? 1 : 0)
        : best(text, answers);
  }

  private static AnswerScore best(AnswerText predicted, List<AnswerText> gold) {
    return new AnswerScore(
        gold.contains(predicted) ? 1 : 0, gold.stream().mapToDouble(predicted::f1).max().orElse(0));
  }
}
