package org.example.mytask;

import dev.bertctl.spi.Task;
import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.decode.PredictionReader;
import dev.bertctl.spi.head.MultiLabelHead;

/** The task {@code my-task}: any number of labels for each text. */
public final class MyTaskPlugin implements TaskPlugin<MyTaskOptions> {

  // 1. Say in one line what the task does.
  private static final String SUMMARY = "my-task: which labels does the text have?";

  // 2. Name the columns of your data, with other names they may have.
  private static final Column TEXT = Column.named("text", "sentence");
  private static final Column LABELS = Column.named("labels", "label");
  private static final Column PREDICTED = Column.named("predicted");

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
    Labels names = new Labels(options.labels());
    MyTaskLabels labels = new MyTaskLabels(names);
    return Task.of(
            new MyTaskReader(TEXT, LABELS, labels),
            new MyTaskPacking(names.size()),
            new MultiLabelHead(names.names()),
            (example, output) -> MyTaskPrediction.of(names, output.logits()))
        .scoredBy(
            new MyTaskMetric(),
            PredictionReader.ofRows(
                (row, example) -> new MyTaskPrediction(names, labels.in(row, PREDICTED))));
  }
}
