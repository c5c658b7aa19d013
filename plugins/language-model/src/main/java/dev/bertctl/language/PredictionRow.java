// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.data.Row;
import dev.bertctl.spi.decode.Classification;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Reads back what the predictions' fields hold. */
final class PredictionRow {

  private static final Column MASKS = Column.named(MaskPrediction.MASKS);
  private static final Column GOLD = Column.named(MaskPrediction.GOLD);
  private static final Column PAIRS = Column.named(NextSentences.PAIRS);
  private static final Column PREDICTED = Column.named(NextSentence.PREDICTED, "prediction");
  private static final Column LOG_PROBABILITIES = Column.named(TokenLikelihoods.LOG_PROBABILITIES);

  private PredictionRow() {}

  /** Masks, and pairs where there are such. */
  static PretrainPrediction pretrain(Row row, Document document) {
    NextSentences next = row.has(PAIRS) ? pairs(row) : NextSentences.NONE;
    return new PretrainPrediction(masks(row, document), next);
  }

  /** Tokens and what stood at their places, as many of these as of those. */
  static MaskPrediction masks(Row row, Document document) {
    List<List<TokenProbability>> masks = new ArrayList<>();
    for (Object mask : list(row, MASKS)) {
      List<TokenProbability> tokens = new ArrayList<>();
      if (mask instanceof List<?> list) {
        list.forEach(token -> tokens.add(token(row, token)));
      }
      if (tokens.isEmpty()) {
        throw malformed(row, MASKS);
      }
      masks.add(tokens);
    }
    // A document too short to be masked has no masks, and no gold tokens either.
    List<String> gold =
        masks.isEmpty()
            ? List.of()
            : list(row, GOLD).stream()
                .map(token -> Row.text(row.location(), GOLD.name(), token))
                .toList();
    if (gold.size() != masks.size()) {
      throw new DataException(
          row.location(),
          "%d masks, but %d gold tokens for %s; give as many"
              .formatted(masks.size(), gold.size(), document.location()));
    }
    return new MaskPrediction(masks, gold, List.of());
  }

  private static TokenProbability token(Row row, Object value) {
    if (value instanceof Map<?, ?> map && map.get(TokenProbability.TOKEN) instanceof String token) {
      double probability =
          map.get(TokenProbability.PROBABILITY) instanceof Number number
              ? number.doubleValue()
              : Double.NaN;
      return new TokenProbability(token, probability);
    }
    throw malformed(row, MASKS);
  }

  /** The label of an example that is a pair, or those of a document's pairs. */
  static NextSentences next(Row row, Example example) {
    return example instanceof SentencePair pair
        ? new NextSentences(
            List.of(new NextSentence(label(row, row.get(PREDICTED)), pair.label())), true)
        : pairs(row);
  }

  private static NextSentences pairs(Row row) {
    List<NextSentence> pairs = new ArrayList<>();
    for (Object value : list(row, PAIRS)) {
      if (!(value instanceof Map<?, ?> map
          && map.get(NextSentence.PREDICTED) instanceof String predicted
          && map.get(NextSentence.GOLD) instanceof String gold)) {
        throw malformed(row, PAIRS);
      }
      pairs.add(new NextSentence(label(row, predicted), OptionalInt.of(label(row, gold).label())));
    }
    return new NextSentences(pairs, false);
  }

  private static Classification label(Row row, String name) {
    int label =
        NextSentence.LABELS
            .index(name, row.location())
            .orElseThrow(
                () ->
                    new DataException(
                        row.location(),
                        "no predicted label; give one of "
                            + String.join(", ", NextSentence.LABELS.names())));
    return new Classification(NextSentence.LABELS, label, List.of());
  }

  static TokenLikelihoods likelihoods(Row row) {
    List<Double> values = new ArrayList<>();
    for (Object value : list(row, LOG_PROBABILITIES)) {
      if (!(value instanceof Number number)) {
        throw malformed(row, LOG_PROBABILITIES);
      }
      values.add(number.doubleValue());
    }
    return new TokenLikelihoods(List.of(), values);
  }

  private static List<?> list(Row row, Column column) {
    if (row.value(column) instanceof List<?> list) {
      return list;
    }
    throw malformed(row, column);
  }

  private static DataException malformed(Row row, Column column) {
    return new DataException(
        row.location(),
        "'%s' is not as bertctl writes it; give a predictions.jsonl of an evaluation with the same task"
            .formatted(column.name()));
  }
}
