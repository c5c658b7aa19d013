// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.choice;

import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.ExampleReader.Skipped;
import dev.bertctl.spi.data.Row;
import dev.bertctl.spi.decode.PredictionReader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads predicted choices, one row a question in the questions' order: by index, letter or text
 * from a column {@code predicted}, {@code prediction}, {@code pred} (as SWAG's authors write them)
 * or {@code label}, or counted from 1 in {@code AnswerRightEnding} (RocStories).
 */
final class AnswerReader implements PredictionReader<Question, Answer> {

  private static final Column PREDICTED = Column.named("predicted", "prediction", "pred", "label");

  @Override
  public List<Answer> read(DataFile file, List<Question> gold, Skipped skipped) {
    try (Stream<Row> stream = file.rows()) {
      List<Row> rows = stream.toList();
      if (rows.size() != gold.size()) {
        throw new DataException(
            file.location(),
            "%d predictions for %d gold questions; give one row for each question with a gold label, in their order"
                .formatted(rows.size(), gold.size()));
      }
      List<Answer> answers = new ArrayList<>(rows.size());
      for (int i = 0; i < rows.size(); i++) {
        Choices choices = gold.get(i).choices();
        answers.add(new Answer(choices, index(rows.get(i), choices), List.of()));
      }
      return answers;
    }
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
