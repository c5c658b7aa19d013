// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.choice;

import dev.bertctl.spi.Task;
import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.decode.PredictionReader;
import dev.bertctl.spi.head.ChoiceHead;
import java.util.Map;

/**
 * Multiple choice: which of several choices fits a context best? Reads SWAG and the RocStories
 * cloze test as they are distributed, and csv, tsv and jsonl with any number of choices.
 */
public final class MultipleChoicePlugin implements TaskPlugin<MultipleChoiceOptions> {

  @Override
  public String name() {
    return "multiple-choice";
  }

  @Override
  public String summary() {
    return "Multiple choice: which of the choices fits the context?";
  }

  @Override
  public Class<MultipleChoiceOptions> optionsType() {
    return MultipleChoiceOptions.class;
  }

  /** A batch counts sequences: 64 are 16 rows of four choices, as in the usual recipe for SWAG. */
  @Override
  public Map<String, String> defaultSettings() {
    return Map.of("train.batch-size", "64");
  }

  @Override
  public Task<Question, Answer> create(MultipleChoiceOptions options) {
    return Task.of(
            new QuestionReader(),
            new ChoicePacking(options.truncation()),
            new ChoiceHead(),
            (question, output) -> Answer.of(question.choices(), output.logits()))
        .scoredBy(new ChoiceAccuracy(), PredictionReader.ofRows(AnswerReader::read))
        .viewedBy(ChoiceView::of)
        .predicting(Answer.FIELDS);
  }
}
