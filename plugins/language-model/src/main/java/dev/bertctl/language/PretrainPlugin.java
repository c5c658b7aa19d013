// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import dev.bertctl.spi.Task;
import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.decode.PredictionReader;
import java.util.Optional;

/**
 * BERT's pre-training (BERT paper, section 3.1): masked language modelling and next-sentence
 * prediction on documents, as {@code create_pretraining_data.py} and {@code run_pretraining.py} of
 * google-research/bert do, with masks drawn anew in each epoch.
 */
public final class PretrainPlugin implements TaskPlugin<PretrainOptions> {

  @Override
  public String name() {
    return "pretrain";
  }

  @Override
  public String summary() {
    return "Pre-training on plain text: masked tokens, and whether one span follows another";
  }

  @Override
  public Class<PretrainOptions> optionsType() {
    return PretrainOptions.class;
  }

  @Override
  public Optional<DataFile.Format> usualFormat() {
    return Optional.of(DataFile.Format.TEXT);
  }

  @Override
  public Task<Document, PretrainPrediction> create(PretrainOptions options) {
    Masking masking =
        new Masking(
            options.maskedShare(),
            options.maxPredictions(),
            options.wholeWordMasking(),
            options.fillPredictions());
    return Task.of(
            new DocumentReader(options.form(), true, options.wholeWordMasking()),
            new PretrainPacking(DocumentPairs.of(options), masking),
            new PretrainHead(),
            PretrainPrediction::of)
        .scoredBy(new MaskedLmMetric(true), PredictionReader.ofRows(PredictionRow::pretrain))
        .predicting(PretrainPrediction.FIELDS);
  }
}
