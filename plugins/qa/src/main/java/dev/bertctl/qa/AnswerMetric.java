// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.qa;

import dev.bertctl.spi.metric.Metric;
import dev.bertctl.spi.metric.Scores;
import java.util.ArrayList;
import java.util.List;

/**
 * Exact match and F1 of the official SQuAD scorers: of {@code evaluate-v2.0.py} if any question has
 * no answer, else of {@code evaluate-v1.1.py}. A question without a prediction scores 0 and counts.
 *
 * <p>"Red house." for "the red house" and "big red house" for "red house" give exact match 0.5 and
 * F1 (1 + 0.8) / 2 = 0.9.
 */
record AnswerMetric() implements Metric<Question, Answer> {

  @Override
  public String primary() {
    return "f1";
  }

  @Override
  public Scorer<Question, Answer> scorer() {
    return new Count();
  }

  private static final class Count implements Scorer<Question, Answer> {

    private final List<Question> questions = new ArrayList<>();
    private final List<Answer> answers = new ArrayList<>();

    @Override
    public void add(Question question, Answer answer) {
      questions.add(question);
      answers.add(answer);
    }

    @Override
    public Scores scores() {
      boolean squad2 = questions.stream().anyMatch(Question::hasNoAnswer);
      List<SquadScores.Scored> all = new ArrayList<>();
      for (int i = 0; i < questions.size(); i++) {
        all.add(scored(questions.get(i), answers.get(i), squad2));
      }
      return squad2 ? SquadScores.squad2(all) : SquadScores.squad1(all);
    }

    private static SquadScores.Scored scored(Question question, Answer answer, boolean squad2) {
      List<String> gold = question.goldTexts();
      AnswerScore score =
          answer
              .text()
              .map(text -> squad2 ? AnswerScore.squad2(text, gold) : AnswerScore.squad1(text, gold))
              .orElse(AnswerScore.NONE);
      return new SquadScores.Scored(question, answer, score);
    }
  }
}
