// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import dev.bertctl.spi.decode.ModelOutput;
import dev.bertctl.spi.decode.Prediction;
import dev.bertctl.spi.decode.PredictionField;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What is predicted for a document's masks and for its pairs of spans. A text whose masks are to be
 * filled has no pairs.
 *
 * @param masks the masks
 * @param next the pairs
 */
record PretrainPrediction(MaskPrediction masks, NextSentences next) implements Prediction {

  static final List<PredictionField> FIELDS =
      Stream.concat(MaskPrediction.FIELDS.stream(), Stream.of(NextSentences.OF_PAIRS)).toList();

  static PretrainPrediction of(Document document, ModelOutput output) {
    NextSentences next =
        document.purpose().labelled()
            ? NextSentences.of(document, output, PretrainHead.NEXT_SENTENCE)
            : NextSentences.NONE;
    return new PretrainPrediction(MaskPrediction.of(List.of(document.text()), output), next);
  }

  static PretrainPrediction ofMasks(Document document, ModelOutput output) {
    return new PretrainPrediction(
        MaskPrediction.of(List.of(document.text()), output), NextSentences.NONE);
  }

  @Override
  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>(masks.fields());
    if (!next.pairs().isEmpty()) {
      fields.putAll(next.fields());
    }
    return fields;
  }
}
