// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import dev.bertctl.spi.Task;
import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.decode.PredictionReader;
import java.util.Optional;

/**
 * Masked language modelling on documents, to adapt a model to the texts of a field before it is
 * fine-tuned; as {@code run_mlm.py} of Hugging Face does.
 */
public final class MaskedLmPlugin implements TaskPlugin<MaskedLmOptions> {

  @Override
  public String name() {
    return "masked-lm";
  }

  @Override
  public String summary() {
    return "Masked language modelling: adapts a model to your texts";
  }

  @Override
  public Class<MaskedLmOptions> optionsType() {
    return MaskedLmOptions.class;
  }

  @Override
  public Optional<DataFile.Format> usualFormat() {
    return Optional.of(DataFile.Format.TEXT);
  }

  @Override
  public Task<Document, PretrainPrediction> create(MaskedLmOptions options) {
    Masking masking =
        new Masking(
            options.maskedShare(),
            options.maxPredictions().orElse(Integer.MAX_VALUE),
            options.wholeWordMasking(),
            false);
    return Task.of(
            new DocumentReader(options.form(), false, options.wholeWordMasking()),
            new WindowPacking(masking),
            new MaskedLmHead(),
            PretrainPrediction::ofMasks)
        .scoredBy(new MaskedLmMetric(false), PredictionReader.ofRows(PredictionRow::pretrain))
        .predicting(MaskPrediction.FIELDS);
  }
}
