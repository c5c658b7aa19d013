// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.qa;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The forms in which data sets give a question's answers:
 *
 * <ul>
 *   <li>a list of {@code {"text": ..., "answer_start": ...}}, as in SQuAD, or of plain texts,
 *   <li>{@code {"text": [...], "answer_start": [...]}}, as in Hugging Face's data sets,
 *   <li>one answer: {@code {"text": ..., "answer_start": ...}}, or a text and its start beside it.
 * </ul>
 *
 * Starts are counted in Unicode characters and may be missing. Blank texts are no answers.
 */
final class GoldAnswers {

  private GoldAnswers() {}

  /**
   * @param answers in one of these forms
   * @param start of an answer that is one text, if given
   */
  static List<GoldAnswer> of(JsonValue answers, Optional<JsonValue> start, String passage) {
    List<GoldAnswer> all = new ArrayList<>();
    if (answers.value() instanceof Map<?, ?> map && map.get("text") instanceof List) {
      all.addAll(columns(answers, passage));
    } else if (answers.value() instanceof List) {
      answers.items().forEach(item -> all.add(item(item, passage)));
    } else if (answers.value() instanceof Map) {
      all.add(item(answers, passage));
    } else {
      all.add(answer(answers.text(), start, passage));
    }
    all.removeIf(answer -> answer.text().isBlank());
    return all;
  }

  private static List<GoldAnswer> columns(JsonValue answers, String passage) {
    List<JsonValue> texts = answers.get("text").items().toList();
    Optional<List<JsonValue>> starts =
        answers.find("answer_start").map(each -> each.items().toList());
    if (starts.isPresent() && starts.get().size() != texts.size()) {
      throw answers.error(
          "%d texts with %d answer_start; give each text its start"
              .formatted(texts.size(), starts.get().size()));
    }
    List<GoldAnswer> all = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      int index = i;
      all.add(answer(texts.get(i).text(), starts.map(each -> each.get(index)), passage));
    }
    return all;
  }

  private static GoldAnswer item(JsonValue item, String passage) {
    return item.value() instanceof Map
        ? answer(item.get("text").text(), item.find("answer_start"), passage)
        : answer(item.text(), Optional.empty(), passage);
  }

  private static GoldAnswer answer(String text, Optional<JsonValue> start, String passage) {
    return start
        .map(given -> GoldAnswer.at(given.number(), text, passage))
        .orElseGet(() -> GoldAnswer.somewhere(text, passage));
  }
}
