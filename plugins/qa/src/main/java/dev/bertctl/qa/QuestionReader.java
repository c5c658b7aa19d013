// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.qa;

import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.ExampleReader;
import dev.bertctl.spi.data.Location;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Reads questions: a JSON document as SQuAD, anything else as rows. For training, questions that
 * teach nothing are left out and counted; for evaluation all of them count.
 */
record QuestionReader() implements ExampleReader<Question> {

  @Override
  public Stream<Question> read(DataFile file, Purpose purpose, Skipped skipped) {
    Stream<Question> questions =
        file.format() == DataFile.Format.JSON
            ? SquadJson.read(file, purpose)
            : file.rows().map(row -> QuestionRow.read(row, purpose));
    return switch (purpose) {
      case TRAINING -> questions.filter(question -> teaches(question, skipped));
      case EVALUATION -> distinct(questions);
      case PREDICTION -> questions;
    };
  }

  private static boolean teaches(Question question, Skipped skipped) {
    if (question.text().isBlank() || question.passage().isBlank()) {
      skipped.count(question.location(), "empty text");
      return false;
    }
    if (!question.hasNoAnswer() && question.answers().orElseThrow().get(0).place().isEmpty()) {
      skipped.count(question.location(), "answer without a clear place in the passage");
      return false;
    }
    return true;
  }

  /** Predictions are matched with questions by id, so each question needs one of its own. */
  private static Stream<Question> distinct(Stream<Question> questions) {
    Map<String, Location> seen = new HashMap<>();
    return questions.peek(
        question -> {
          Location first = seen.putIfAbsent(question.id(), question.location());
          if (first != null) {
            throw new DataException(
                question.location(),
                "the question has the id '%s' of another one (%s); give each an id of its own"
                    .formatted(question.id(), first));
          }
        });
  }
}
