// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckpointNamesTest {

  @ParameterizedTest
  @CsvSource({
    "bert/embeddings/word_embeddings, embeddings.word_embeddings.weight",
    "bert/embeddings/LayerNorm/gamma, embeddings.LayerNorm.weight",
    "module/bert/encoder/layer_11/output/LayerNorm/beta, encoder.layer.11.output.LayerNorm.bias",
    "bert/encoder/layer_0/attention/self/query/bias, encoder.layer.0.attention.self.query.bias",
    "bert/pooler/dense/bias, pooler.dense.bias",
    "cls/predictions/output_bias, cls.predictions.bias",
    "cls/predictions/transform/LayerNorm/gamma, cls.predictions.transform.LayerNorm.weight",
    "cls/seq_relationship/output_weights, cls.seq_relationship.weight",
    "output_weights, classifier.weight",
    "output_bias, classifier.bias"
  })
  void variablesGetTheNamesOfTransformers(String variable, String name) {
    assertEquals(Set.of(name), CheckpointNames.canonical(vector(variable)).keySet());
  }

  @Test
  void whatTheOptimizerKeepsIsNoWeight() {
    String variable = "bert/pooler/dense/kernel/adam_m";
    assertEquals(Map.of(), CheckpointNames.canonical(vector(variable)));
  }

  private static Map<String, DeferredWeight> vector(String variable) {
    return Map.of(
        variable, new DeferredWeight(variable, List.of(1), () -> FloatBuffer.allocate(1)));
  }
}
