// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import dev.bertctl.spi.Task;
import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.decode.ModelOutput;
import dev.bertctl.spi.decode.PredictionReader;
import java.util.Optional;

/** Causal language modelling, BERT as a decoder: each token is predicted from those before it. */
public final class CausalLmPlugin implements TaskPlugin<TextOptions> {

  @Override
  public String name() {
    return "causal-lm";
  }

  @Override
  public String summary() {
    return "Causal language modelling: how likely is each token after those before it?";
  }

  @Override
  public Class<TextOptions> optionsType() {
    return TextOptions.class;
  }

  @Override
  public Optional<DataFile.Format> usualFormat() {
    return Optional.of(DataFile.Format.TEXT);
  }

  @Override
  public Task<Document, TokenLikelihoods> create(TextOptions options) {
    return Task.of(
            new DocumentReader(options.form(), false, false),
            new NextTokenPacking(),
            new CausalLmHead(),
            (Document document, ModelOutput output) -> TokenLikelihoods.of(output))
        .scoredBy(
            new CausalLmMetric(),
            PredictionReader.ofRows((row, document) -> PredictionRow.likelihoods(row)))
        .predicting(TokenLikelihoods.FIELDS);
  }
}
