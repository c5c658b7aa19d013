// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.choice;

import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.ExampleReader;
import dev.bertctl.spi.data.Row;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Reads questions from rows, whose form is told by their columns: SWAG as distributed, the
 * RocStories cloze test, or a context and choices. Where labels are needed, rows without a gold
 * label and rows without a context are left out and counted.
 */
final class QuestionReader implements ExampleReader<Question> {

  private static final Column CONTEXT =
      Column.named("context", "ctx", "premise", "passage", "article", "sent1");
  private static final Column QUESTION = Column.named("question", "sent2");
  private static final Column LABEL = Column.named("label", "answer");

  @Override
  public Stream<Question> read(DataFile file, Purpose purpose, Skipped skipped) {
    return file.rows()
        .map(row -> StoryCloze.fits(row) ? StoryCloze.read(row, purpose) : question(row, purpose))
        .filter(question -> !purpose.labelled() || keep(question, skipped));
  }

  private static Question question(Row row, Purpose purpose) {
    String context = row.has(QUESTION) ? row.find(CONTEXT).orElse("") : row.textOrEmpty(CONTEXT);
    String question = row.find(QUESTION).orElse("");
    Choices choices = ChoiceColumns.read(row);
    // For prediction a label may be missing, or be written in another way: it is passed through
    // unread.
    OptionalInt answer =
        purpose.labelled() && !row.isNull(LABEL)
            ? choices.gold(row.value(LABEL), row.location())
            : OptionalInt.empty();
    return context.isBlank()
        ? new Question(row.location(), row.columns(), question, "", choices, answer)
        : new Question(row.location(), row.columns(), context, question, choices, answer);
  }

  private static boolean keep(Question question, Skipped skipped) {
    if (question.answer().isEmpty()) {
      skipped.count(question.location(), "no gold label");
      return false;
    }
    if (question.context().isBlank()) {
      skipped.count(question.location(), "empty context");
      return false;
    }
    return true;
  }
}
