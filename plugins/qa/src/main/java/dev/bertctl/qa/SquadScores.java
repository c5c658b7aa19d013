// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.qa;

import dev.bertctl.spi.metric.Detail;
import dev.bertctl.spi.metric.Scores;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Adds up scores under the names that the official scorers give them, as shares of 1. */
final class SquadScores {

  /**
   * A question's score.
   *
   * @param question the question
   * @param answer what was predicted
   * @param score what it is worth
   */
  record Scored(Question question, Answer answer, AnswerScore score) {}

  private final Map<String, Double> values = new LinkedHashMap<>();
  private final List<Detail> details = new ArrayList<>();

  private SquadScores(List<Scored> all) {
    values.put("exact_match", mean(all, AnswerScore::exact));
    values.put("f1", mean(all, AnswerScore::f1));
    details.add(new Detail.Value("total", all.size()));
  }

  /** What {@code evaluate-v1.1.py} reports. */
  static Scores squad1(List<Scored> all) {
    SquadScores scores = new SquadScores(all);
    return new Scores(scores.values, scores.details);
  }

  /**
   * What {@code evaluate-v2.0.py} reports: also the scores of questions with and without an answer,
   * and, where the odds of "no answer" are known, those of the best threshold.
   */
  static Scores squad2(List<Scored> all) {
    SquadScores scores = new SquadScores(all);
    scores.addPart("HasAns", all.stream().filter(each -> !each.question().hasNoAnswer()).toList());
    scores.addPart("NoAns", all.stream().filter(each -> each.question().hasNoAnswer()).toList());
    if (all.stream().allMatch(each -> each.answer().nullOdds().isPresent())) {
      scores.addBest("best_exact", all, AnswerScore::exact);
      scores.addBest("best_f1", all, AnswerScore::f1);
    }
    return new Scores(scores.values, scores.details);
  }

  private void addPart(String name, List<Scored> part) {
    details.add(new Detail.Value(name + "_total", part.size()));
    if (!part.isEmpty()) {
      values.put(name + "_exact", mean(part, AnswerScore::exact));
      values.put(name + "_f1", mean(part, AnswerScore::f1));
    }
  }

  private void addBest(String name, List<Scored> all, ToDoubleFunction<AnswerScore> value) {
    BestThreshold best =
        BestThreshold.over(
            all.stream().map(each -> odds(each, value.applyAsDouble(each.score()))).toList());
    values.put(name, best.score());
    details.add(new Detail.Value(name + "_thresh", best.threshold().orElse(0)));
  }

  private static BestThreshold.Odds odds(Scored each, double score) {
    return BestThreshold.Odds.of(
        each.answer().nullOdds().orElseThrow(),
        !each.question().hasNoAnswer(),
        !each.answer().text().orElse("").isEmpty(),
        score);
  }

  /** Summed one by one, as the official scorers do, so that the last digit is theirs. */
  private static double mean(List<Scored> all, ToDoubleFunction<AnswerScore> value) {
    double sum = 0;
    for (Scored each : all) {
      sum += value.applyAsDouble(each.score());
    }
    return sum / all.size();
  }
}
