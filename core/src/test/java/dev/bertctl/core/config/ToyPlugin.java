// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.config;

import dev.bertctl.spi.Doc;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.LabelledText;
import dev.bertctl.spi.data.LabelledTextReader;
import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.decode.Classification;
import dev.bertctl.spi.decode.ClassificationReader;
import dev.bertctl.spi.decode.ModelOutput;
import dev.bertctl.spi.head.ClassifierHead;
import dev.bertctl.spi.metric.ClassificationMetric;
import dev.bertctl.spi.packing.TextPacking;
import dev.bertctl.spi.packing.Truncation;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A task with an option of each kind. */
public final class ToyPlugin implements TaskPlugin<ToyPlugin.Options> {

  @Override
  public String name() {
    return "toy";
  }

  @Override
  public String summary() {
    return "A toy.";
  }

  @Override
  public Class<Options> optionsType() {
    return Options.class;
  }

  @Override
  public Task<LabelledText, Classification> create(Options options) {
    Labels labels = new Labels(options.labels());
    return Task.of(
            LabelledTextReader.pairs(
                Column.named("premise", "sentence1"),
                Column.named("hypothesis"),
                Column.named("label"),
                labels),
            new TextPacking(options.truncation()),
            new ClassifierHead(labels.names()),
            (LabelledText example, ModelOutput output) ->
                Classification.of(labels, output.logits()))
        .scoredBy(new ClassificationMetric(labels), new ClassificationReader(labels));
  }

  /** Options. */
  public interface Options {

    /** A list. */
    @Doc("The labels.")
    @WithDefault("no,yes")
    List<String> labels();

    /** An enum. */
    @Doc("What is cut.")
    @WithDefault("longest-first")
    Truncation truncation();

    /** A boolean. */
    @Doc("Upper case counts.")
    @WithDefault("false")
    boolean caseSensitive();

    /** A required number within a group. */
    Window window();

    /** A map. */
    @Doc("Weights by label.")
    Map<String, Double> weights();

    /** An optional text. */
    @Doc("A note | a remark.")
    Optional<String> note();
  }

  /** A group. */
  public interface Window {

    /** Required. */
    @Doc("Tokens that windows share.")
    int stride();
  }
}
