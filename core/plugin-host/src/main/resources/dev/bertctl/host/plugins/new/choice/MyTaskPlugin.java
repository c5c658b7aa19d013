package org.example.mytask;

import dev.bertctl.spi.Task;
import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.decode.PredictionReader;
import dev.bertctl.spi.head.ChoiceHead;
import java.util.List;

/** The task {@code my-task}: the right one of several choices. */
public final class MyTaskPlugin implements TaskPlugin<MyTaskOptions> {

  // 1. Say in one line what the task does.
  private static final String SUMMARY = "my-task: which choice is right?";

  // 2. Name the columns of your data, with other names they may have: a text, the choices, and the
  // right one's number, from 0.
  private static final Column TEXT = Column.named("text", "question");
  private static final List<Column> CHOICES =
      List.of(Column.named("choice0"), Column.named("choice1"));
  private static final Column LABEL = Column.named("label");

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
            new MyTaskReader(TEXT, CHOICES, LABEL),
            new MyTaskPacking(),
            new ChoiceHead(),
            (example, output) -> MyTaskPrediction.of(output.logits()))
        .scoredBy(
            new MyTaskMetric(),
            PredictionReader.ofRows((row, example) -> MyTaskPrediction.read(row)));
  }
}
