// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.qa;

import dev.bertctl.spi.decode.ExampleView;
import dev.bertctl.spi.decode.ExampleView.Passage;
import dev.bertctl.spi.decode.MarkedText;
import dev.bertctl.spi.decode.MarkedText.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Shows a question, and its passage with the predicted answer marked, and the first gold one where
 * it stands elsewhere.
 */
final class AnswerView {

  private static final String NONE = "no answer";

  private AnswerView() {}

  static ExampleView of(Question question, Answer answer) {
    ExampleView view =
        ExampleView.of(
            List.of(
                Passage.of("question", question.text()),
                new Passage("passage", marked(question, answer))),
            question.answers().map(AnswerView::gold),
            answer.text().filter(text -> !text.isEmpty()).orElse(NONE));
    return answer.chosen().map(chosen -> view.sure(chosen.probability())).orElse(view);
  }

  private static String gold(List<GoldAnswer> answers) {
    return answers.isEmpty()
        ? NONE
        : answers.stream().map(GoldAnswer::text).distinct().collect(Collectors.joining(" | "));
  }

  private static MarkedText marked(Question question, Answer answer) {
    String passage = question.passage();
    List<Mark> marks = new ArrayList<>(answer.in(passage).marks());
    question.answers().stream()
        .flatMap(List::stream)
        .findFirst()
        .flatMap(GoldAnswer::place)
        .map(span -> mark(passage, span))
        .ifPresent(gold -> add(gold, marks));
    return new MarkedText(passage, marks);
  }

  private static Mark mark(String passage, Span span) {
    return new Mark(
        passage.codePointCount(0, span.start()), passage.codePointCount(0, span.end()), "gold");
  }

  /** Marks must not overlap: a gold answer that is predicted in part is told by its text alone. */
  private static void add(Mark gold, List<Mark> marks) {
    Optional<Mark> predicted = marks.stream().findFirst();
    if (predicted.isEmpty()
        || gold.end() <= predicted.get().start()
        || gold.start() >= predicted.get().end()) {
      marks.add(gold);
    } else if (gold.start() == predicted.get().start() && gold.end() == predicted.get().end()) {
      marks.set(0, new Mark(gold.start(), gold.end(), "answer, gold"));
    }
  }
}
