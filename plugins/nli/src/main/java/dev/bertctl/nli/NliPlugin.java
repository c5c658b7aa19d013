// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.nli;

import dev.bertctl.spi.Task;
import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.InputColumn;
import dev.bertctl.spi.data.LabelledText;
import dev.bertctl.spi.data.LabelledTextReader;
import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.decode.Classification;
import dev.bertctl.spi.decode.ClassificationReader;
import dev.bertctl.spi.decode.PredictionField;
import dev.bertctl.spi.head.ClassifierHead;
import dev.bertctl.spi.metric.ClassificationMetric;
import dev.bertctl.spi.packing.TextPacking;
import java.util.List;

/**
 * Natural-language inference: does a premise entail a hypothesis, contradict it, or neither? Reads
 * SNLI and MNLI as they are distributed, and csv, tsv and jsonl.
 */
public final class NliPlugin implements TaskPlugin<NliOptions> {

  private static final Column PREMISE = Column.named("premise", "sentence1");
  private static final Column HYPOTHESIS = Column.named("hypothesis", "sentence2");
  private static final Column LABEL = Column.named("label", "gold_label");

  @Override
  public String name() {
    return "nli";
  }

  @Override
  public String summary() {
    return "Natural-language inference: does the premise entail the hypothesis?";
  }

  @Override
  public Class<NliOptions> optionsType() {
    return NliOptions.class;
  }

  @Override
  public List<InputColumn> columns(NliOptions options) {
    return List.of(
        InputColumn.text(PREMISE), InputColumn.text(HYPOTHESIS), InputColumn.label(LABEL));
  }

  @Override
  public Task<LabelledText, Classification> create(NliOptions options) {
    Labels labels = new Labels(options.labels());
    return Task.of(
            BinaryParse.reader(
                options.binaryParse(),
                LabelledTextReader.pairs(PREMISE, HYPOTHESIS, LABEL, labels)),
            new TextPacking(options.truncation()),
            new ClassifierHead(labels.names()),
            (example, output) -> Classification.of(labels, output.logits()))
        .scoredBy(new ClassificationMetric(labels), new ClassificationReader(labels))
        .predicting(PredictionField.OF_CLASSIFICATION);
  }
}
