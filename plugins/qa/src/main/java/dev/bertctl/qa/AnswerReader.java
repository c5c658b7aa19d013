// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.qa;

import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.ExampleReader.Skipped;
import dev.bertctl.spi.data.Row;
import dev.bertctl.spi.decode.PredictionReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * Reads predicted answers by the questions' ids: the official {@code {"id": "text"}}, or rows with
 * the answer in {@code predicted}.
 */
record AnswerReader() implements PredictionReader<Question, Answer> {

  private static final Column PREDICTED =
      Column.named("predicted", "prediction", "prediction_text");
  private static final Column NULL_ODDS = Column.named("null_odds", "no_answer_probability");

  @Override
  public List<Answer> read(DataFile file, List<Question> gold, Skipped skipped) {
    Map<String, Answer> byId = file.format() == DataFile.Format.JSON ? official(file) : rows(file);
    if (gold.stream().noneMatch(question -> byId.containsKey(question.id()))) {
      throw new DataException(
          file.location(),
          "none of the %d predictions has the id of a gold question; predictions are matched by id"
              .formatted(byId.size()));
    }
    List<Answer> answers = new ArrayList<>();
    for (Question question : gold) {
      Optional<Answer> answer = Optional.ofNullable(byId.remove(question.id()));
      if (answer.isEmpty()) {
        skipped.count(question.location(), "missing, scored 0");
      }
      answers.add(answer.orElse(Answer.MISSING));
    }
    byId.forEach((id, rest) -> skipped.count(file.location(), "for no gold question"));
    return answers;
  }

  private static Map<String, Answer> official(DataFile file) {
    JsonValue document = JsonValue.document(file);
    if (!(document.value() instanceof Map<?, ?> texts)) {
      throw document.error(
          "is no JSON object; give predictions as {\"id\": \"text\"}, or as rows of JSON lines");
    }
    Map<String, Answer> answers = new LinkedHashMap<>();
    texts.forEach(
        (id, text) ->
            answers.put(
                id.toString(),
                answer(
                    new JsonValue(file.location(), id.toString(), text).text(),
                    OptionalDouble.empty())));
    return answers;
  }

  private static Map<String, Answer> rows(DataFile file) {
    Map<String, Answer> answers = new LinkedHashMap<>();
    try (Stream<Row> rows = file.rows()) {
      rows.forEach(
          row -> {
            String id = row.get(QuestionRow.ID);
            if (answers.put(id, answer(row.get(PREDICTED), odds(row))) != null) {
              throw new DataException(
                  row.location(),
                  "a second prediction for the question '%s'; give one for each".formatted(id));
            }
          });
    }
    return answers;
  }

  private static Answer answer(String text, OptionalDouble nullOdds) {
    return new Answer(Optional.of(text), nullOdds, List.of());
  }

  private static OptionalDouble odds(Row row) {
    Optional<String> odds = row.find(NULL_ODDS);
    try {
      return odds.isEmpty()
          ? OptionalDouble.empty()
          : OptionalDouble.of(Double.parseDouble(odds.get()));
    } catch (NumberFormatException e) {
      throw new DataException(
          row.location(), "'null_odds' is no number: '%s'".formatted(odds.get()));
    }
  }
}
