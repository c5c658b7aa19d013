// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import dev.bertctl.spi.decode.FeatureOutput;
import dev.bertctl.spi.decode.FieldType;
import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.decode.ModelOutput;
import dev.bertctl.spi.decode.Prediction;
import dev.bertctl.spi.decode.PredictionField;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Pieces;
import dev.bertctl.spi.packing.Sequence;
import dev.bertctl.spi.packing.Target;
import dev.bertctl.spi.packing.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The likeliest tokens for each mask of an example.
 *
 * <p>{@code Paris is [MASK].} has the fields {@code {"masks": [[{"token": "nice", "probability":
 * 0.4}]], "filled": "Paris is nice."}}.
 *
 * @param masks for each mask, from left to right, its tokens, the likeliest first
 * @param gold what stood at each mask, where masks were drawn; else none
 * @param filled the text, or both of a pair, with the likeliest token in place of each mask; none
 *     where masks were drawn
 */
record MaskPrediction(List<List<TokenProbability>> masks, List<String> gold, List<String> filled)
    implements Prediction {

  static final String MASKS = "masks";
  static final String GOLD = "gold";

  /** What the first and the second of a pair are called when filled. */
  private static final List<String> FILLED = List.of("filled", "filled_pair");

  static final List<PredictionField> FIELDS =
      List.of(
          PredictionField.list(
              MASKS, new FieldType.ListOf(new FieldType.Struct(TokenProbability.FIELDS))),
          PredictionField.list(GOLD, FieldType.Plain.TEXT),
          PredictionField.text(FILLED.get(0)),
          PredictionField.text(FILLED.get(1)));

  MaskPrediction {
    masks = List.copyOf(masks);
    gold = List.copyOf(gold);
    filled = List.copyOf(filled);
  }

  /**
   * Decodes the outputs of {@link TopTokens}.
   *
   * @param texts the text, or the pair, into which the pieces' offsets point
   */
  static MaskPrediction of(List<String> texts, ModelOutput output) {
    List<List<TokenProbability>> masks = new ArrayList<>();
    List<String> gold = new ArrayList<>();
    List<FilledText> filled = texts.stream().map(FilledText::new).toList();
    boolean drawn = false;
    for (FeatureOutput feature : output.features()) {
      List<List<TokenProbability>> own = tokens(feature, output.vocabulary());
      masks.addAll(own);
      if (feature.feature().target(Masking.TARGET) instanceof Target.Ints target) {
        drawn = true;
        Arrays.stream(target.values()).mapToObj(output.vocabulary()::token).forEach(gold::add);
      } else {
        fill(filled, feature.feature(), own);
      }
    }
    return new MaskPrediction(
        masks, gold, drawn ? List.of() : filled.stream().map(FilledText::toString).toList());
  }

  private static List<List<TokenProbability>> tokens(FeatureOutput feature, Vocabulary vocabulary) {
    Matrix ids = feature.get(TopTokens.IDS); // [K,k]
    Matrix probabilities = feature.get(TopTokens.PROBABILITIES); // [K,k]
    return IntStream.range(0, ids.rows())
        .mapToObj(
            mask ->
                IntStream.range(0, ids.columns())
                    .mapToObj(
                        i ->
                            new TokenProbability(
                                vocabulary.token((int) ids.at(mask, i)),
                                ShortestDecimal.of(probabilities.at(mask, i))))
                    .toList())
        .toList();
  }

  private static void fill(
      List<FilledText> filled, Feature feature, List<List<TokenProbability>> tokens) {
    Sequence sequence = feature.sequence();
    for (int mask = 0; mask < feature.positions().length; mask++) {
      int position = feature.positions()[mask];
      int text = sequence.texts().size() > 1 && position >= sequence.start(1) ? 1 : 0;
      Pieces pieces = sequence.texts().get(text);
      int piece = position - sequence.start(text);
      filled
          .get(text)
          .fill(pieces.starts()[piece], pieces.ends()[piece], tokens.get(mask).get(0).token());
    }
  }

  @Override
  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put(
        MASKS,
        masks.stream().map(mask -> mask.stream().map(TokenProbability::fields).toList()).toList());
    if (!gold.isEmpty()) {
      fields.put(GOLD, gold);
    }
    for (int text = 0; text < filled.size(); text++) {
      fields.put(FILLED.get(text), filled.get(text));
    }
    return fields;
  }
}
