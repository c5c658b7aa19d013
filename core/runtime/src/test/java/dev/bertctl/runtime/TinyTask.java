// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime;

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
import java.util.function.Function;

/**
 * A plugin for tests: pair classification made of the SPI's stock parts, unless a test gives other
 * ones.
 *
 * @param parts makes the task
 */
public record TinyTask(Function<Labels, Task<?, ?>> parts) implements TaskPlugin<TinyTask.Options> {

  /** Pair classification. */
  public static TinyTask classifier() {
    return new TinyTask(TinyTask::classification);
  }

  /** The stock parts. */
  public static Task<LabelledText, Classification> classification(Labels labels) {
    return Task.of(
            reader(labels),
            new TextPacking(Truncation.LONGEST_FIRST),
            new ClassifierHead(labels.names()),
            (LabelledText example, ModelOutput output) ->
                Classification.of(labels, output.logits()))
        .scoredBy(new ClassificationMetric(labels), new ClassificationReader(labels));
  }

  /** Reads the columns first, second and label. */
  public static LabelledTextReader reader(Labels labels) {
    return LabelledTextReader.pairs(
        Column.named("first"), Column.named("second"), Column.named("label"), labels);
  }

  @Override
  public String name() {
    return "tiny";
  }

  @Override
  public String summary() {
    return "A task for tests.";
  }

  @Override
  public Class<Options> optionsType() {
    return Options.class;
  }

  @Override
  public Task<?, ?> create(Options options) {
    return parts.apply(new Labels(options.labels()));
  }

  /** Options. */
  public interface Options {

    /** The labels. */
    @Doc("The labels.")
    @WithDefault("no,yes")
    List<String> labels();
  }
}
