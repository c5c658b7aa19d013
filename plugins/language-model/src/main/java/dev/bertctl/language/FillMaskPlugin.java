// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import dev.bertctl.spi.Task;
import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.InputColumn;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Fills masks with a masked language model as it is, as the pipeline {@code fill-mask} of Hugging
 * Face does. Not trained.
 */
public final class FillMaskPlugin implements TaskPlugin<FillMaskOptions> {

  @Override
  public String name() {
    return "fill-mask";
  }

  @Override
  public String summary() {
    return "Fills [MASK] in texts with the likeliest tokens, without training";
  }

  @Override
  public Class<FillMaskOptions> optionsType() {
    return FillMaskOptions.class;
  }

  @Override
  public Optional<DataFile.Format> usualFormat() {
    return Optional.of(DataFile.Format.TEXT);
  }

  /** As many tokens as BERT's own models take: what is cut off has no answer. */
  @Override
  public Map<String, String> defaultSettings() {
    return Map.of("max-length", "512");
  }

  @Override
  public List<InputColumn> columns(FillMaskOptions options) {
    return List.of(InputColumn.text(TextReader.TEXT));
  }

  @Override
  public Task<Text, MaskPrediction> create(FillMaskOptions options) {
    return Task.of(
            new TextReader(true, false),
            new MaskedTextPacking(),
            new FillMaskHead(options.topK(), options.candidates().orElse(List.of())),
            (text, output) -> MaskPrediction.of(text.texts(), output))
        .predicting(MaskPrediction.FIELDS);
  }
}
