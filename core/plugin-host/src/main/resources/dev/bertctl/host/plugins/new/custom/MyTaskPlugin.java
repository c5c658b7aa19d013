package org.example.mytask;

import dev.bertctl.spi.Task;
import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.LabelledText;
import dev.bertctl.spi.data.LabelledTextReader;
import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.decode.Classification;
import dev.bertctl.spi.decode.ClassificationReader;
import dev.bertctl.spi.metric.ClassificationMetric;
import dev.bertctl.spi.packing.TextPacking;
import dev.bertctl.spi.packing.Truncation;

/** The task {@code my-task}: a label for each text, by a head of its own. */
public final class MyTaskPlugin implements TaskPlugin<MyTaskOptions> {

  // 1. Say in one line what the task does, and name the columns of your data, with other names they
  // may have.
  private static final String SUMMARY = "my-task: which label does the text have?";
  private static final Column TEXT = Column.named("text", "sentence");
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
  public Task<LabelledText, Classification> create(MyTaskOptions options) {
    Labels labels = new Labels(options.labels());
    return Task.of(
            LabelledTextReader.single(TEXT, LABEL, labels),
            new TextPacking(Truncation.LONGEST_FIRST),
            new MyTaskHead(labels.names()),
            (example, output) -> Classification.of(labels, output.logits()))
        .scoredBy(new ClassificationMetric(labels), new ClassificationReader(labels));
  }
}
