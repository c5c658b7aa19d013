// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.paraphrase;

import dev.bertctl.spi.OptionException;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.InputColumn;
import dev.bertctl.spi.data.LabelledText;
import dev.bertctl.spi.data.LabelledTextReader;
import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.decode.Classification;
import dev.bertctl.spi.decode.ClassificationReader;
import dev.bertctl.spi.decode.Decoder;
import dev.bertctl.spi.head.ClassifierHead;
import dev.bertctl.spi.metric.BinaryMetric;
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
                decoder(labels, options.threshold()))
            .scoredBy(new BinaryMetric(labels, options.goal()), new ClassificationReader(labels))
            .writing(GlueSubmission.FILE);
    return options.tuneThreshold() ? task.tunedBy(new ThresholdTuner(options.goal())) : task;
  }

  private static Decoder<LabelledText, Classification> decoder(Labels labels, double threshold) {
    if (!(threshold >= 0 && threshold <= 1)) {
      throw new OptionException("threshold", "must be from 0 to 1, is " + threshold);
    }
    return (example, output) -> {
      Classification probable = Classification.of(labels, output.logits());
      boolean positive = probable.probabilities().get(BinaryMetric.POSITIVE) >= threshold;
      int label = positive ? BinaryMetric.POSITIVE : 1 - BinaryMetric.POSITIVE;
      return new Classification(labels, label, probable.probabilities());
    };
  }
}
