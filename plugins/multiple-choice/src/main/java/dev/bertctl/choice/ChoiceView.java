// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.choice;

import dev.bertctl.spi.decode.ExampleView;
import dev.bertctl.spi.decode.ExampleView.Passage;
import dev.bertctl.spi.decode.MarkedText;
import dev.bertctl.spi.decode.MarkedText.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Shows the context and the choices, of which the predicted and the right one are marked. */
final class ChoiceView {

  private ChoiceView() {}

  static ExampleView of(Question question, Answer answer) {
    List<String> choices = question.choices().texts();
    List<Passage> passages = new ArrayList<>();
    passages.add(Passage.of("context", question.context()));
    if (!question.stem().isBlank()) {
      passages.add(Passage.of("stem", question.stem()));
    }
    for (int i = 0; i < choices.size(); i++) {
      passages.add(
          new Passage("choice " + i, marked(choices.get(i), marks(question, answer.index(), i))));
    }
    Optional<String> gold = question.answer().stream().mapToObj(choices::get).findFirst();
    ExampleView view = ExampleView.of(passages, gold, choices.get(answer.index()));
    return answer.probabilities().isEmpty()
        ? view
        : view.sure(answer.probabilities().get(answer.index()));
  }

  private static String marks(Question question, int predicted, int choice) {
    List<String> marks = new ArrayList<>();
    if (choice == predicted) {
      marks.add("predicted");
    }
    if (question.answer().stream().anyMatch(gold -> gold == choice)) {
      marks.add("gold");
    }
    return String.join(", ", marks);
  }

  private static MarkedText marked(String text, String label) {
    return new MarkedText(
        text,
        label.isEmpty()
            ? List.of()
            : List.of(new Mark(0, text.codePointCount(0, text.length()), label)));
  }
}
