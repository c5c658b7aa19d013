package org.example.mytask;

import dev.bertctl.spi.Task;
import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.decode.PredictionReader;
import dev.bertctl.spi.head.TaggerHead;

/** The task {@code my-task}: a tag for each word of a text. */
public final class MyTaskPlugin implements TaskPlugin<MyTaskOptions> {

  // 1. Say in one line what the task does.
  private static final String SUMMARY = "my-task: which tag does each word have?";

  // 2. Name the columns of your data, with other names they may have: words with spaces between,
  // and as many tags.
  private static final Column TEXT = Column.named("text", "words");
  private static final Column TAGS = Column.named("tags");

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
    Labels labels = new Labels(options.labels());
    return Task.of(
            new MyTaskReader(TEXT, TAGS, labels),
            new MyTaskPacking(),
            new TaggerHead(labels.names()),
            (example, output) -> MyTaskPrediction.of(example, output, labels))
        .scoredBy(new MyTaskMetric(labels), PredictionReader.ofRows(MyTaskPrediction::read));
  }
}
