package org.example.mytask;

import dev.bertctl.spi.Task;
import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.decode.PredictionReader;
import dev.bertctl.spi.head.RegressionHead;

/** The task {@code my-task}: a number for each text. */
public final class MyTaskPlugin implements TaskPlugin<MyTaskOptions> {

  // 1. Say in one line what the task does.
  private static final String SUMMARY = "my-task: which number does the text have?";

  // 2. Name the columns of your data, with other names they may have. Numbers are learnt best if
  // they are not far from 0: divide large ones where they are read.
  private static final Column TEXT = Column.named("text", "sentence");
  private static final Column NUMBER = Column.named("number", "score");

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
            new MyTaskReader(TEXT, NUMBER),
            new MyTaskPacking(),
            new RegressionHead(),
            (example, output) -> new MyTaskPrediction(output.logits().at(0, 0)))
        .scoredBy(
            new MyTaskMetric(),
            PredictionReader.ofRows((row, example) -> MyTaskPrediction.read(row)));
  }
}
