// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import dev.bertctl.spi.Task;
import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.InputColumn;
import dev.bertctl.spi.decode.ModelOutput;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Packer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Embeddings of texts, pooled as in sentence-transformers, or of tokens. Not trained. */
public final class EmbeddingsPlugin implements TaskPlugin<EmbeddingsOptions> {

  @Override
  public String name() {
    return "embeddings";
  }

  @Override
  public String summary() {
    return "Embeddings of texts or tokens: the encoder's hidden states, without training";
  }

  @Override
  public Class<EmbeddingsOptions> optionsType() {
    return EmbeddingsOptions.class;
  }

  @Override
  public Optional<DataFile.Format> usualFormat() {
    return Optional.of(DataFile.Format.TEXT);
  }

  @Override
  public Map<String, String> defaultSettings() {
    return Map.of("max-length", "256");
  }

  @Override
  public List<InputColumn> columns(EmbeddingsOptions options) {
    return List.of(InputColumn.text(TextReader.TEXT));
  }

  @Override
  public Task<Text, Embedding> create(EmbeddingsOptions options) {
    Pooling pooling = options.pooling();
    return Task.of(
            new TextReader(false, true),
            (Text text, Packer packer) ->
                List.of(Feature.of(packer.single(packer.tokenize(text.first())))),
            new EmbeddingsHead(pooling, options.layer(), options.layers(), options.normalize()),
            (Text text, ModelOutput output) -> Embedding.of(output, pooling))
        .predicting(Embedding.fields(pooling));
  }
}
