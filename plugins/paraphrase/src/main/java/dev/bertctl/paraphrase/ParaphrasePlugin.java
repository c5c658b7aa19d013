// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.paraphrase;

import dev.bertctl.spi.Task;
import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.InputColumn;
import dev.bertctl.spi.data.LabelledText;
import dev.bertctl.spi.data.LabelledTextReader;
import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.decode.Classification;
import dev.bertctl.spi.decode.ClassificationReader;
import dev.bertctl.spi.decode.GlueSubmission;
import dev.bertctl.spi.decode.PredictionField;
import dev.bertctl.spi.decode.ThresholdDecoder;
import dev.bertctl.spi.head.ClassifierHead;
import dev.bertctl.spi.metric.ClassificationMetric;
import dev.bertctl.spi.metric.ThresholdTuner;
import dev.bertctl.spi.packing.TextPacking;
import java.util.List;

/**
 * Paraphrase detection: do two texts mean the same? Reads MRPC, QQP and PAWS as they are
 * distributed, and csv, tsv and jsonl.
 */
public final class ParaphrasePlugin implements TaskPlugin<ParaphraseOptions> {

  private static final Column FIRST = Column.named("sentence1", "#1 String", "question1");
  private static final Column SECOND = Column.named("sentence2", "#2 String", "question2");
  private static final Column LABEL = Column.named("label", "Quality", "is_duplicate");

  @Override
  public String name() {
    return "paraphrase";
  }

  @Override
  public String summary() {
    return "Paraphrase detection: do two sentences or questions mean the same?";
  }

  @Override
  public Class<ParaphraseOptions> optionsType() {
    return ParaphraseOptions.class;
  }

  @Override
  public List<InputColumn> columns(ParaphraseOptions options) {
    return List.of(InputColumn.text(FIRST), InputColumn.text(SECOND), InputColumn.label(LABEL));
  }

  @Override
  public Task<LabelledText, Classification> create(ParaphraseOptions options) {
    Labels labels = new Labels(options.labels());
    Task<LabelledText, Classification> task =
        Task.of(
                LabelledTextReader.pairs(FIRST, SECOND, LABEL, labels),
                new TextPacking(options.truncation()),
                new ClassifierHead(labels.names()),
                new ThresholdDecoder(labels, options.threshold()))
            .scoredBy(
                new ClassificationMetric(labels, options.goal()), new ClassificationReader(labels))
            .writing(GlueSubmission.of(predicted -> Integer.toString(predicted.label())))
            .predicting(PredictionField.OF_CLASSIFICATION);
    return options.tuneThreshold() ? task.tunedBy(new ThresholdTuner(options.goal())) : task;
  }
}
