// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.paraphrase;

import dev.bertctl.spi.data.LabelledText;
import dev.bertctl.spi.decode.Classification;
import dev.bertctl.spi.decode.ClassificationReader;
import dev.bertctl.spi.decode.OutputFile;
import dev.bertctl.spi.decode.OutputFile.Content;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Predictions as GLUE takes them for MRPC and QQP: index, tab, 0 or 1. */
final class GlueSubmission {

  static final OutputFile<LabelledText, Classification> FILE =
      new OutputFile<>("glue_submission.tsv", GlueSubmission::content);

  private GlueSubmission() {}

  private static Content content(List<LabelledText> examples, List<Classification> predictions) {
    Stream<String> rows =
        IntStream.range(0, examples.size())
            .mapToObj(
                place ->
                    "%s\t%d\n"
                        .formatted(
                            ClassificationReader.index(examples.get(place), place),
                            predictions.get(place).label()));
    return new Content.Text(Stream.concat(Stream.of("index\tprediction\n"), rows));
  }
}
