// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.qa;

import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * SQuAD 1.1 and 2.0 as they are distributed: articles of paragraphs of questions. A question
 * without answers is one that the passage does not answer; {@code is_impossible} and {@code
 * plausible_answers} say nothing more and are not looked at.
 */
final class SquadJson {

  private SquadJson() {}

  static Stream<Question> read(DataFile file, Purpose purpose) {
    JsonValue document = JsonValue.document(file);
    if (!(document.value() instanceof Map<?, ?> map) || !map.containsKey("data")) {
      throw document.error(
          "is no SQuAD document, {\"data\": [{\"paragraphs\": [...]}]}; a file of one JSON object a line has the format jsonl");
    }
    return document
        .list("data")
        .flatMap(article -> article.list("paragraphs"))
        .flatMap(paragraph -> questions(paragraph, purpose));
  }

  private static Stream<Question> questions(JsonValue paragraph, Purpose purpose) {
    String passage = paragraph.get("context").text();
    return paragraph.list("qas").map(qa -> question(qa, passage, purpose));
  }

  private static Question question(JsonValue qa, String passage, Purpose purpose) {
    String id = qa.get("id").text();
    String text = qa.get("question").text();
    Map<String, Object> columns = new LinkedHashMap<>();
    columns.put("id", id);
    columns.put("question", text);
    Optional<List<GoldAnswer>> answers =
        purpose.labelled()
            ? Optional.of(GoldAnswers.of(qa.get("answers"), Optional.empty(), passage))
            : Optional.empty();
    return new Question(qa.location(), columns, id, text, passage, answers);
  }
}
