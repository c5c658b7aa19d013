// SPDX-License-Identifier: Apache-2.0
package org.example.sentiment;

import dev.bertctl.spi.Task;
import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.LabelledText;
import dev.bertctl.spi.data.LabelledTextReader;
import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.decode.Classification;
import dev.bertctl.spi.decode.ClassificationReader;
import dev.bertctl.spi.head.ClassifierHead;
import dev.bertctl.spi.metric.ClassificationMetric;
import dev.bertctl.spi.packing.TextPacking;
import dev.bertctl.spi.packing.Truncation;

/** Is a review kind or not? */
public final class SentimentPlugin implements TaskPlugin<SentimentOptions> {

  private static final Column TEXT = Column.named("text", "sentence", "review");
  private static final Column LABEL = Column.named("label", "sentiment");

  @Override
  public String name() {
    return "sentiment";
  }

  @Override
  public String summary() {
    return "Sentiment: is a review kind or not?";
  }

  @Override
  public Class<SentimentOptions> optionsType() {
    return SentimentOptions.class;
  }

  @Override
  public Task<LabelledText, Classification> create(SentimentOptions options) {
    Labels labels = new Labels(options.labels());
    return Task.of(
            LabelledTextReader.single(TEXT, LABEL, labels),
            new TextPacking(Truncation.LONGEST_FIRST),
            new ClassifierHead(labels.names()),
            (review, output) -> Classification.of(labels, output.logits()))
        .scoredBy(new ClassificationMetric(labels), new ClassificationReader(labels));
  }
}
