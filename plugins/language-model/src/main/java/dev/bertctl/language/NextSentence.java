// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.decode.Classification;
import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.decode.PredictionField;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Target;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Whether one text follows another, as predicted for a pair.
 *
 * @param predicted the label, with the probability of each
 * @param gold the right label, if known
 */
record NextSentence(Classification predicted, OptionalInt gold) {

  /** The labels in the order of the logits, as in Hugging Face. */
  static final Labels LABELS = new Labels(List.of("is_next", "not_next"));

  static final String GOLD = "gold";
  static final String PREDICTED = "predicted";

  static final List<PredictionField> FIELDS =
      Stream.concat(
              Stream.of(PredictionField.text(GOLD)), PredictionField.OF_CLASSIFICATION.stream())
          .toList();

  /**
   * Logits (ln 3, 0) give {@code is_next} with the probability 0.75.
   *
   * @param logits [1,2]
   */
  static NextSentence of(Feature feature, Matrix logits) {
    OptionalInt gold =
        feature.target(DocumentPairs.TARGET) instanceof Target.Ints target
            ? OptionalInt.of(target.values()[0])
            : OptionalInt.empty();
    return new NextSentence(Classification.of(LABELS, logits), gold);
  }

  /** Whether it is as it should be; only of a pair whose label is known. */
  boolean isRight() {
    return predicted.label() == gold.orElseThrow();
  }

  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    gold.ifPresent(label -> fields.put(GOLD, LABELS.name(label)));
    fields.putAll(predicted.fields());
    return fields;
  }
}
