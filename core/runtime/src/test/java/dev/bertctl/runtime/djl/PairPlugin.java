// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.djl;

import dev.bertctl.runtime.TinyTask;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.InputColumn;
import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.decode.Prediction;
import dev.bertctl.spi.head.ClassifierHead;
import dev.bertctl.spi.packing.TextPacking;
import dev.bertctl.spi.packing.Truncation;
import java.util.List;
import java.util.Map;

/** Reads two texts, and gives no choice of a label; for {@link java.util.ServiceLoader}. */
public final class PairPlugin implements TaskPlugin<TinyTask.Options> {

  /**
   * What it gives.
   *
   * @param logits of the labels
   */
  public record Logits(List<Float> logits) implements Prediction {
    @Override
    public Map<String, Object> fields() {
      return Map.of("logits", logits);
    }
  }

  @Override
  public String name() {
    return "tiny-pair";
  }

  @Override
  public String summary() {
    return "A task of two texts for tests.";
  }

  @Override
  public Class<TinyTask.Options> optionsType() {
    return TinyTask.Options.class;
  }

  @Override
  public List<InputColumn> columns(TinyTask.Options options) {
    return List.of(
        InputColumn.text(Column.named("first")),
        InputColumn.text(Column.named("second")),
        InputColumn.label(Column.named("label")));
  }

  @Override
  public Task<?, ?> create(TinyTask.Options options) {
    Labels labels = new Labels(options.labels());
    return Task.of(
        TinyTask.reader(labels),
        new TextPacking(Truncation.LONGEST_FIRST),
        new ClassifierHead(labels.names()),
        (example, output) ->
            new Logits(List.of(output.logits().row(0)[0], output.logits().row(0)[1])));
  }
}
