// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import dev.bertctl.spi.decode.FieldType;
import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.decode.ModelOutput;
import dev.bertctl.spi.decode.Prediction;
import dev.bertctl.spi.decode.PredictionField;
import dev.bertctl.spi.decode.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The embedding of a text, or those of its tokens: {@code {"embedding": [0.6, 0.8]}}, or {@code
 * {"tokens": ["[CLS]", "[SEP]"], "embeddings": [[0.6, 0.8], [0.0, 1.0]]}}.
 *
 * @param vectors the only one, or one for each token, [H] each
 * @param tokens the tokens; none if the text has one embedding
 */
record Embedding(List<float[]> vectors, List<String> tokens) implements Prediction, Vectors {

  Embedding {
    vectors = List.copyOf(vectors);
    tokens = List.copyOf(tokens);
  }

  static Embedding of(ModelOutput output, Pooling pooling) {
    Matrix matrix = output.feature().get(EmbeddingsHead.EMBEDDING); // [1,H] or [T,H]
    List<String> tokens =
        pooling == Pooling.TOKEN
            ? Arrays.stream(output.feature().feature().sequence().ids())
                .mapToObj(output.vocabulary()::token)
                .toList()
            : List.of();
    return new Embedding(IntStream.range(0, matrix.rows()).mapToObj(matrix::row).toList(), tokens);
  }

  /** What {@link #fields()} gives: a vector, or one for each token. */
  static List<PredictionField> fields(Pooling pooling) {
    FieldType vector = new FieldType.ListOf(FieldType.Plain.FLOAT);
    return pooling == Pooling.TOKEN
        ? List.of(
            PredictionField.list("tokens", FieldType.Plain.TEXT),
            PredictionField.list("embeddings", vector))
        : List.of(new PredictionField("embedding", vector));
  }

  @Override
  public Map<String, Object> fields() {
    if (tokens.isEmpty()) {
      return Map.of("embedding", decimals(vectors.get(0)));
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("tokens", tokens);
    fields.put("embeddings", vectors.stream().map(Embedding::decimals).toList());
    return fields;
  }

  private static List<Double> decimals(float... vector) {
    List<Double> decimals = new ArrayList<>(vector.length);
    for (float value : vector) {
      decimals.add(ShortestDecimal.of(value));
    }
    return decimals;
  }
}
