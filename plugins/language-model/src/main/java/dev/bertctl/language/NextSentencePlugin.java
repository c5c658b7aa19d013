// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import dev.bertctl.spi.Task;
import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.decode.ModelOutput;
import dev.bertctl.spi.decode.PredictionReader;
import dev.bertctl.spi.head.HeadOutput;
import java.util.Optional;

/** Next-sentence prediction on pairs with labels, or on documents of which pairs are made. */
public final class NextSentencePlugin implements TaskPlugin<NextSentenceOptions> {

  @Override
  public String name() {
    return "next-sentence";
  }

  @Override
  public String summary() {
    return "Next-sentence prediction: does the second text follow the first?";
  }

  @Override
  public Class<NextSentenceOptions> optionsType() {
    return NextSentenceOptions.class;
  }

  @Override
  public Optional<DataFile.Format> usualFormat() {
    return Optional.of(DataFile.Format.TEXT);
  }

  @Override
  public Task<Example, NextSentences> create(NextSentenceOptions options) {
    return Task.of(
            new NextSentenceReader(new DocumentReader(options.form(), true, false)),
            new NextSentencePacking(DocumentPairs.of(options)),
            new NextSentenceHead(),
            (Example example, ModelOutput output) ->
                NextSentences.of(example, output, HeadOutput.LOGITS))
        .scoredBy(new NextSentenceMetric(), PredictionReader.ofRows(PredictionRow::next))
        .predicting(NextSentences.FIELDS);
  }
}
