// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.choice;

import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.data.Row;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A row of the RocStories cloze test (Mostafazadeh et al., 2016): a story of four sentences and two
 * endings, the right one counted from 1.
 */
final class StoryCloze {

  private static final List<Column> ENDINGS = columns("RandomFifthSentenceQuiz", 2);
  private static final List<Column> STORY = columns("InputSentence", 4);
  private static final Column ANSWER = Column.named("AnswerRightEnding");

  private StoryCloze() {}

  static boolean fits(Row row) {
    return row.has(ENDINGS.get(0));
  }

  static Question read(Row row, Purpose purpose) {
    String story =
        STORY.stream().map(row::get).map(String::strip).collect(Collectors.joining(" ")).strip();
    List<String> endings = ENDINGS.stream().map(row::get).toList();
    return new Question(
        row.location(),
        row.columns(),
        story,
        "",
        Choices.of(endings, row.location()),
        purpose.labelled() ? answer(row) : OptionalInt.empty());
  }

  /** Whether a row of predictions has the form of the official submission. */
  static boolean hasAnswer(Row row) {
    return row.has(ANSWER);
  }

  /** The right ending, counted from 0; empty for the marks of "no gold label". */
  static OptionalInt answer(Row row) {
    String answer = row.get(ANSWER).strip();
    return switch (answer) {
      case "1" -> OptionalInt.of(0);
      case "2" -> OptionalInt.of(1);
      default -> {
        if (!Labels.marksNoLabel(answer)) {
          throw new DataException(
              row.location(), "AnswerRightEnding is '%s'; it must be 1 or 2".formatted(answer));
        }
        yield OptionalInt.empty();
      }
    };
  }

  private static List<Column> columns(String name, int count) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> Column.named(name + i)).toList();
  }
}
