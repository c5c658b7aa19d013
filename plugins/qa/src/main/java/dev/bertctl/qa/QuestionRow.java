// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.qa;

import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.data.Row;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A question in a row: question, passage, and one answer or all of them (see {@link GoldAnswers}).
 * A row without an id is called by the number of its line. Predictions always have the id.
 */
final class QuestionRow {

  static final Column ID = Column.named("id", "qid");
  static final Column QUESTION = Column.named("question");
  static final Column CONTEXT = Column.named("context", "passage");
  private static final Column ANSWERS = Column.named("answers", "answer");
  private static final Column ANSWER_START = Column.named("answer_start");

  private QuestionRow() {}

  static Question read(Row row, Purpose purpose) {
    Optional<String> given = row.find(ID).filter(id -> !id.isBlank());
    String id = given.orElseGet(() -> Long.toString(row.location().line()));
    Map<String, Object> columns = new LinkedHashMap<>();
    // Predictions are matched by it, whatever the column is called in the data.
    if (given.isEmpty() || ID.names().stream().noneMatch(row.columns()::containsKey)) {
      columns.put(ID.name(), id);
    }
    row.columns().forEach(columns::putIfAbsent);
    String passage = row.textOrEmpty(CONTEXT);
    return new Question(
        row.location(),
        columns,
        id,
        row.textOrEmpty(QUESTION),
        passage,
        purpose.labelled() ? Optional.of(answers(row, passage)) : Optional.empty());
  }

  private static List<GoldAnswer> answers(Row row, String passage) {
    Object given = row.isNull(ANSWERS) ? "" : row.value(ANSWERS);
    JsonValue answers = new JsonValue(row.location(), ANSWERS.name(), given);
    Optional<JsonValue> start =
        row.find(ANSWER_START)
            .map(text -> new JsonValue(row.location(), ANSWER_START.name(), text));
    return GoldAnswers.of(answers, start, passage);
  }
}
