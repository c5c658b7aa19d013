// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.decode.FieldType;
import dev.bertctl.spi.decode.ModelOutput;
import dev.bertctl.spi.decode.Prediction;
import dev.bertctl.spi.decode.PredictionField;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What is predicted for the pairs of an example: {@code {"predicted": "is_next", "probabilities":
 * {"is_next": 0.75, "not_next": 0.25}}} for a pair of texts, {@code {"pairs": [...]}} for a
 * document.
 *
 * @param pairs one for each pair
 * @param isPair whether the example is itself a pair; its gold label is among its columns
 */
record NextSentences(List<NextSentence> pairs, boolean isPair) implements Prediction {

  static final String PAIRS = "pairs";

  /** Of a document. */
  static final PredictionField OF_PAIRS =
      PredictionField.list(PAIRS, new FieldType.Struct(NextSentence.FIELDS));

  /** Of a document, and of a pair. */
  static final List<PredictionField> FIELDS =
      Stream.concat(Stream.of(OF_PAIRS), PredictionField.OF_CLASSIFICATION.stream()).toList();

  /** Those of a document of which no pairs are made. */
  static final NextSentences NONE = new NextSentences(List.of(), false);

  NextSentences {
    pairs = List.copyOf(pairs);
  }

  /**
   * Decodes an output [1,2] of each feature.
   *
   * @param name the output's name
   */
  static NextSentences of(Example example, ModelOutput output, String name) {
    return new NextSentences(
        output.features().stream()
            .map(feature -> NextSentence.of(feature.feature(), feature.get(name)))
            .toList(),
        example instanceof SentencePair);
  }

  @Override
  public Map<String, Object> fields() {
    return isPair
        ? pairs.get(0).predicted().fields()
        : Map.of(PAIRS, pairs.stream().map(NextSentence::fields).toList());
  }
}
