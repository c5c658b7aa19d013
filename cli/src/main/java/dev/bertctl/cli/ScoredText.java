// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.application.PrintedStream;
import dev.bertctl.core.explain.ExplainedText;
import dev.bertctl.core.explain.ShownExplanation;
import dev.bertctl.core.explain.ShownWord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Texts with the scores of their words: in colours, or in numbers behind each word. */
final class ScoredText {

  /** Background colours that dark letters can be read on, from weak to strong. */
  private static final int[] FOR = {153, 117, 75};

  private static final int[] AGAINST = {223, 216, 209};

  /** Shares of the strongest score from which on a word has a colour, and a stronger one. */
  private static final double[] STRENGTHS = {0.1, 0.35, 0.7};

  private static final int MOST_WORDS = 5;

  private static final String COLOURED = PrintedStream.own("\033[30;48;5;%dm%s\033[0m");

  private final List<Double> scores;
  private final double strongest;
  private final boolean coloured;

  /**
   * @param scores of all words of an explanation
   */
  ScoredText(List<Double> scores, boolean coloured) {
    this.scores = scores;
    this.strongest = scores.stream().mapToDouble(Math::abs).max().orElse(0);
    this.coloured = coloured;
  }

  /**
   * A text in a line.
   *
   * @param own the scores of its words
   */
  String text(ExplainedText text, List<Double> own) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < own.size(); i++) {
      ShownWord word = text.words().get(i);
      line.append(oneLine(word.before())).append(word(word.text(), own.get(i)));
    }
    return line.append(oneLine(text.after())).toString();
  }

  private static String oneLine(String between) {
    return between.replaceAll("\\s+", " ");
  }

  private String word(String text, double score) {
    if (!coloured) {
      return "%s(%s)".formatted(text, signed(score));
    }
    int level = 0;
    while (level < STRENGTHS.length
        && strongest > 0
        && Math.abs(score) >= STRENGTHS[level] * strongest) {
      level++;
    }
    if (level == 0) {
      return text;
    }
    int colour = (score > 0 ? FOR : AGAINST)[level - 1];
    return COLOURED.formatted(colour, text);
  }

  /** In numbers what colours show. */
  String strongestWords(ShownExplanation shown) {
    List<ShownWord> words = shown.texts().stream().flatMap(text -> text.words().stream()).toList();
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < scores.size(); i++) {
      order.add(i);
    }
    Collections.sort(
        order,
        (one, other) -> Double.compare(Math.abs(scores.get(other)), Math.abs(scores.get(one))));
    return order.stream()
        .limit(MOST_WORDS)
        .map(i -> words.get(i).text() + " " + signed(scores.get(i)))
        .collect(Collectors.joining(", "));
  }

  /** What is rounded to 0 has no sign. */
  static String signed(double score) {
    return Math.abs(score) < 0.0005 ? "0.000" : String.format(Locale.ROOT, "%+.3f", score);
  }
}
