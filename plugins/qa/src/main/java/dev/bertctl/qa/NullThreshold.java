// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.qa;

import dev.bertctl.spi.decode.Tuner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
    double lowest = all.stream().mapToDouble(BestThreshold.Odds::odds).min().orElse(0);
    // Below the lowest odds no question is answered.
    return Map.of(
        "null-threshold", BestThreshold.over(all).threshold().orElse(Math.nextDown(lowest)));
  }
}
