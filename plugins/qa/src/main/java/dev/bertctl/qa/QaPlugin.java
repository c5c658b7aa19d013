// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.qa;

import dev.bertctl.spi.OptionException;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.data.InputColumn;
import dev.bertctl.spi.head.SpanHead;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Extractive question answering: which words of a passage answer a question? Reads SQuAD 1.1 and
 * 2.0 as they are distributed, and jsonl.
 */
public final class QaPlugin implements TaskPlugin<QaOptions> {

  @Override
  public String name() {
    return "qa";
  }

  @Override
  public String summary() {
    return "Extractive question answering: which words of the passage answer the question?";
  }

  @Override
  public Class<QaOptions> optionsType() {
    return QaOptions.class;
  }

  @Override
  public Map<String, String> defaultSettings() {
    return Map.of("max-length", "384");
  }

  @Override
  public Map<String, Object> findOptions(QaOptions options, DataFile training) {
    if (options.unanswerable().isPresent()) {
      return Map.of();
    }
    try (Stream<Question> questions =
        new QuestionReader().read(training, Purpose.TRAINING, (location, reason) -> {})) {
      return Map.of("unanswerable", questions.anyMatch(Question::hasNoAnswer));
    }
  }

  @Override
  public List<InputColumn> columns(QaOptions options) {
    return List.of(InputColumn.text(QuestionRow.QUESTION), InputColumn.text(QuestionRow.CONTEXT));
  }

  @Override
  public Task<Question, Answer> create(QaOptions options) {
    atLeast(1, "max-question-length", options.maxQuestionLength());
    atLeast(0, "doc-stride", options.docStride());
    atLeast(1, "max-answer-length", options.maxAnswerLength());
    atLeast(1, "n-best-size", options.nBestSize());
    if (!Double.isFinite(options.nullThreshold())) {
      throw new OptionException(
          "null-threshold", "must be a finite number, is " + options.nullThreshold());
    }
    boolean unanswerable = options.unanswerable().orElse(false);
    SpanPacking packing = new SpanPacking(options.maxQuestionLength(), options.docStride());
    SpanSearch search = new SpanSearch(packing, options.nBestSize(), options.maxAnswerLength());
    Task<Question, Answer> task =
        Task.of(
                new QuestionReader(),
                packing,
                new SpanHead(),
                new SpanDecoder(search, unanswerable, options.nullThreshold()))
            .scoredBy(new AnswerMetric(), new AnswerReader())
            .writing(AnswerFiles.PREDICTIONS)
            .writing(AnswerFiles.N_BEST);
    if (unanswerable) {
      task = task.writing(AnswerFiles.NULL_ODDS);
      task = options.tuneNullThreshold() ? task.tunedBy(new NullThreshold()) : task;
    }
    return task.markedBy((question, answer) -> answer.in(question.passage()))
        .viewedBy(AnswerView::of)
        .predicting(Answer.FIELDS);
  }

  private static void atLeast(int least, String option, int value) {
    if (value < least) {
      throw new OptionException(option, "must be at least %d, is %d".formatted(least, value));
    }
  }
}
