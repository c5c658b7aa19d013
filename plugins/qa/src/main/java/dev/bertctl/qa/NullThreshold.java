// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.qa;

import dev.bertctl.spi.decode.Tuner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Chooses the {@code null-threshold} with the best F1 on the validation set. */
record NullThreshold() implements Tuner<Question, Answer> {

  @Override
  public Map<String, Object> tune(List<Question> questions, List<Answer> answers) {
    List<BestThreshold.Odds> all = new ArrayList<>();
    for (int i = 0; i < questions.size(); i++) {
      // The best span counts, whatever was answered with the threshold as it is.
      String text = answers.get(i).bestText();
      List<String> gold = questions.get(i).goldTexts();
      double odds = answers.get(i).nullOdds().orElseThrow();
      double f1 = AnswerScore.squad2(text, gold).f1();
      all.add(BestThreshold.Odds.of(odds, !gold.isEmpty(), !text.isEmpty(), f1));
    }
    return Map.of("null-threshold", above(BestThreshold.over(all).threshold(), all));
  }

  /**
   * A threshold that divides as the given odds do, but lies between what was seen: a question's
   * odds differ in the last digits with the batch that it is in.
   */
  private static double above(OptionalDouble answered, List<BestThreshold.Odds> all) {
    double from = answered.orElse(Double.NEGATIVE_INFINITY);
    OptionalDouble next =
        all.stream().mapToDouble(BestThreshold.Odds::odds).filter(odds -> odds > from).min();
    if (answered.isPresent() && next.isPresent()) {
      return (from + next.getAsDouble()) / 2;
    }
    return answered.isPresent() ? from + 1 : next.orElse(0) - 1;
  }
}
