// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.paraphrase;

import dev.bertctl.spi.data.LabelledText;
import dev.bertctl.spi.decode.Classification;
import dev.bertctl.spi.decode.ClassificationReader;
import dev.bertctl.spi.decode.OutputFile;

/** Predictions as GLUE takes them for MRPC and QQP: index, tab, 0 or 1. */
final class GlueSubmission {

  static final OutputFile<LabelledText, Classification> FILE =
      OutputFile.text("glue_submission.tsv", "index\tprediction\n", GlueSubmission::row);

  private GlueSubmission() {}

  private static String row(LabelledText example, Classification prediction, long place) {
    return "%s\t%d\n".formatted(ClassificationReader.index(example, place), prediction.label());
  }
}
