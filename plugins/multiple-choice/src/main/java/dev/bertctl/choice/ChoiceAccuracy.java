// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.choice;

import dev.bertctl.spi.metric.Detail;
import dev.bertctl.spi.metric.Metric;
import dev.bertctl.spi.metric.Scores;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Accuracy: the share of questions whose right choice is chosen; beside it what guessing would
 * reach, and the accuracy for each number of choices.
 *
 * <p>One of two questions with 2 choices right, and the only one with 4: accuracy 2/3, guessing
 * (1/2 + 1/2 + 1/4) / 3 = 0.4167.
 */
final class ChoiceAccuracy implements Metric<Question, Answer> {

  @Override
  public String primary() {
    return "accuracy";
  }

  @Override
  public Scorer<Question, Answer> scorer() {
    return new Count();
  }

  private static final class Count implements Scorer<Question, Answer> {

    /** Right answers and questions, by number of choices. */
    private final Map<Integer, long[]> byChoices = new TreeMap<>();

    @Override
    public void add(Question question, Answer answer) {
      long[] counts = byChoices.computeIfAbsent(question.choices().size(), size -> new long[2]);
      counts[0] += answer.index() == question.answer().orElseThrow() ? 1 : 0;
      counts[1]++;
    }

    @Override
    public Scores scores() {
      long right = 0;
      long all = 0;
      double guessed = 0;
      Map<String, Map<String, Number>> each = new LinkedHashMap<>();
      for (Map.Entry<Integer, long[]> entry : byChoices.entrySet()) {
        long[] counts = entry.getValue();
        right += counts[0];
        all += counts[1];
        guessed += (double) counts[1] / entry.getKey();
        Map<String, Number> scores = new LinkedHashMap<>();
        scores.put("accuracy", share(counts[0], counts[1]));
        scores.put("support", counts[1]);
        each.put(entry.getKey().toString(), scores);
      }
      return new Scores(
          Map.of("accuracy", share(right, all)),
          List.of(
              new Detail.Value("guessing", share(guessed, all)),
              new Detail.Table("by_number_of_choices", each)));
    }

    private static double share(double part, long whole) {
      return whole == 0 ? 0 : part / whole;
    }
  }
}
