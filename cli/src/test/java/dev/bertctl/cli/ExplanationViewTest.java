// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bertctl.application.PrintedStream;
import dev.bertctl.core.explain.ExplainedRow;
import dev.bertctl.core.explain.ExplainedText;
import dev.bertctl.core.explain.ExplanationReport;
import dev.bertctl.core.explain.ShownExplanation;
import dev.bertctl.core.explain.ShownWord;
import dev.bertctl.runtime.explain.Attribution;
import dev.bertctl.runtime.explain.Completeness;
import dev.bertctl.runtime.explain.ExplainableOutput;
import dev.bertctl.runtime.explain.Explained;
import dev.bertctl.runtime.explain.Explanation;
import dev.bertctl.runtime.explain.ExplanationMethod;
import dev.bertctl.runtime.explain.ExplanationOptions;
import dev.bertctl.runtime.explain.Faithfulness;
import dev.bertctl.runtime.explain.Word;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Sequence;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What explanations look like at a terminal and elsewhere. */
class ExplanationViewTest {

  private static final List<Word> WORDS =
      List.of(word(1, "warm", 0), word(2, "but", 5), word(3, "loud", 9), word(4, "here", 14));

  private static Word word(int position, String piece, int from) {
    return new Word(0, position, List.of(piece), List.of(from), List.of(from + piece.length()));
  }

  private static ExplainedRow row() {
    Attribution integrated =
        new Attribution(
            ExplanationMethod.INTEGRATED_GRADIENTS,
            List.of(2.0, 0.1, -1.0, -0.0001),
            List.of(0.25, 2.0, 0.1, -1.0, -0.0001, 0.0),
            Optional.of(new Completeness(1.35, 1.4)));
    Explanation explanation =
        new Explanation(
            ExplainableOutput.Kind.CLASSES,
            new Explained(0, 0, 0, 1, "good", Optional.empty()),
            Feature.of(new Sequence(new int[6], new int[6], List.of(), List.of())),
            WORDS,
            1.5,
            0.1,
            0.75,
            List.of(integrated));
    List<ShownWord> shown =
        WORDS.stream()
            .map(word -> new ShownWord(word, word.from() == 0 ? "" : " ", word.name()))
            .toList();
    return new ExplainedRow(
        "reviews.csv:2",
        Map.of("text", "warm but loud here!", "predicted", "good"),
        Map.of("predicted", "good"),
        Optional.empty(),
        List.of(
            new ShownExplanation(
                explanation,
                List.of("[CLS]", "[SEP]"),
                List.of(new ExplainedText(Optional.empty(), shown, "!")))));
  }

  private static ExplanationView view(boolean coloured) {
    return new ExplanationView(
        new PredictionView(List.of(), Map.of(), coloured),
        EnumSet.allOf(ExplanationMethod.class),
        coloured);
  }

  @Test
  void withoutColoursEachWordHasItsScore() {
    assertEquals(
        """
        reviews.csv:2
          good

          good: logit 1.500, probability 0.750; logit with all words masked 0.100
          integrated-gradients: the scores sum up to 1.350 of 1.400 (off by 0.0500, 3.57 %)
            warm(+2.000) but(+0.100) loud(-1.000) here(0.000)!
            special tokens ([CLS] [SEP]) +0.250

        """,
        view(false).of(row()));
  }

  /** Blue speaks for it, orange against; the numbers of the strongest words stand below. */
  @Test
  void withColoursTheStrongestWordsHaveTheirScoresBelow() {
    String text = view(true).of(row()).lines().skip(5).findFirst().orElseThrow();

    assertEquals(
        PrintedStream.own("    \033[30;48;5;75mwarm\033[0m but \033[30;48;5;216mloud\033[0m here!"),
        text);
    assertEquals(
        "    warm +2.000, loud -1.000, but +0.100, here 0.000",
        view(true).of(row()).lines().skip(6).findFirst().orElseThrow());
  }

  @Test
  void rowsWithoutExplanationSaySo() {
    ExplainedRow nothing =
        new ExplainedRow("a:1", Map.of("predicted", "none"), Map.of(), Optional.empty(), List.of());

    assertEquals("a:1\n  none\n  (no word has a tag to explain)\n\n", view(false).of(nothing));
  }

  @Test
  void faithfulnessIsATable() {
    Faithfulness.Means means =
        new Faithfulness.Means(
            Optional.of(ExplanationMethod.LEAVE_ONE_OUT),
            2,
            List.of(0.1, 0.2, 0.3),
            List.of(0.2, 0.1, -0.05));
    ExplanationReport report =
        new ExplanationReport(
            "runs/reviews",
            "text-classification",
            ExplainableOutput.Kind.CLASSES,
            ExplanationOptions.DEFAULT,
            List.of(),
            List.of(means),
            42);

    assertEquals(
        """
        Faithfulness on 2 explanations: how far the probability falls
        METHOD         WITHOUT FIRST 10 %  WITHOUT FIRST 20 %  WITHOUT FIRST 50 %  WITH ONLY 10 %  WITH ONLY 20 %  WITH ONLY 50 %
        leave-one-out  +0.100              +0.200              +0.300              +0.200          +0.100          -0.050
        Without the words ranked first (comprehensiveness) more is better, with only them (sufficiency) less is.
        """,
        view(false).end(report));
  }
}
