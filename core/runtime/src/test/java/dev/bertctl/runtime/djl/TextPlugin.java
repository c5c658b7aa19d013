// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.djl;

import dev.bertctl.runtime.TinyTask;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.InputColumn;
import dev.bertctl.spi.data.LabelledText;
import dev.bertctl.spi.data.LabelledTextReader;
import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.decode.Classification;
import dev.bertctl.spi.decode.ModelOutput;
import dev.bertctl.spi.head.ClassifierHead;
import dev.bertctl.spi.packing.TextPacking;
import dev.bertctl.spi.packing.Truncation;
import java.util.List;

/** Classifies one text; a class of its own, for {@link java.util.ServiceLoader}. */
public final class TextPlugin implements TaskPlugin<TinyTask.Options> {

  private static final Column TEXT = Column.named("text");
  private static final Column LABEL = Column.named("label");

  @Override
  public String name() {
    return "tiny-text";
  }

  @Override
  public String summary() {
    return "A task of one text for tests.";
  }

  @Override
  public Class<TinyTask.Options> optionsType() {
    return TinyTask.Options.class;
  }

  @Override
  public List<InputColumn> columns(TinyTask.Options options) {
    return List.of(InputColumn.text(TEXT), InputColumn.label(LABEL));
  }

  @Override
  public Task<?, ?> create(TinyTask.Options options) {
    Labels labels = new Labels(options.labels());
    return Task.of(
        LabelledTextReader.single(TEXT, LABEL, labels),
        new TextPacking(Truncation.LONGEST_FIRST),
        new ClassifierHead(labels.names()),
        (LabelledText example, ModelOutput output) -> Classification.of(labels, output.logits()));
  }
}
