package org.example.mytask;

import dev.bertctl.spi.Task;
import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.decode.PredictionReader;
import dev.bertctl.spi.head.SpanHead;

/** The task {@code my-task}: a part of a passage that answers a question. */
public final class MyTaskPlugin implements TaskPlugin<MyTaskOptions> {

  // 1. Say in one line what the task does.
  private static final String SUMMARY = "my-task: which part of the passage is the answer?";

  // 2. Name the columns of your data, with other names they may have.
  private static final Column QUESTION = Column.named("question");
  private static final Column PASSAGE = Column.named("passage", "context");
  private static final Column ANSWER = Column.named("answer");

  @Override
  public String name() {
    return "my-task";
  }

  @Override
  public String summary() {
    return SUMMARY;
  }

  @Override
  public Class<MyTaskOptions> optionsType() {
    return MyTaskOptions.class;
  }

  @Override
  public Task<MyTaskExample, MyTaskPrediction> create(MyTaskOptions options) {
    return Task.of(
            new MyTaskReader(QUESTION, PASSAGE, ANSWER),
            new MyTaskPacking(),
            new SpanHead(),
            MyTaskPrediction::of)
        .scoredBy(
            new MyTaskMetric(),
            PredictionReader.ofRows((row, example) -> MyTaskPrediction.read(row)));
  }
}
