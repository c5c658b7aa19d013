// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.choice;

import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.Row;
import java.util.List;

/**
 * Reads a row's predicted choice: by index, letter or text from a column {@code predicted}, {@code
 * prediction}, {@code pred} (as SWAG's authors write them) or {@code label}, or counted from 1 in
 * {@code AnswerRightEnding} (RocStories).
 */
final class AnswerReader {

  private static final Column PREDICTED = Column.named("predicted", "prediction", "pred", "label");

  private AnswerReader() {}

  static Answer read(Row row, Question question) {
    Choices choices = question.choices();
    return new Answer(choices, index(row, choices), List.of());
  }

  private static int index(Row row, Choices choices) {
    if (!row.has(PREDICTED) && StoryCloze.hasAnswer(row)) {
      return StoryCloze.answer(row)
          .orElseThrow(
              () -> new DataException(row.location(), "AnswerRightEnding is empty; give 1 or 2"));
    }
    return choices.index(row.value(PREDICTED), row.location());
  }
}
