// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bertctl.runtime.packing.Batch;
import dev.bertctl.spi.head.ClassifierHead;
import dev.bertctl.spi.head.SpanHead;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The encoder against Hugging Face transformers. The tolerance is float32 round-off: two of
 * transformers' own attention implementations differ by 3e-6 on these models.
 */
class EncoderGoldenTest {

  private static final double TOLERANCE = 1e-5;

  @ParameterizedTest
  @ValueSource(strings = {"gelu", "gelu_new", "relu"})
  void hiddenStatesAndPoolerEqualTransformers(String activation) {
    GoldenModel golden = GoldenModel.of("encoder/" + activation);
    Batch batch = golden.batch();
    ClassifierHead head = new ClassifierHead(List.of("a", "b"));
    try (BertModel model = golden.build(head, Optional.empty())) {
      Map<String, float[]> encoded = model.encoded(batch);
      assertTokensEqual(golden.floats("last_hidden_state"), encoded.get("hidden_states.2"), batch);
      assertClose(golden.floats("pooler_output"), encoded.get("pooled"));
    }
  }

  @Test
  void hiddenStatesAndAttentionsOfEachLayerEqualTransformers() {
    GoldenModel golden = GoldenModel.of("hidden-states");
    Batch batch = golden.batch();
    try (BertModel model = golden.build(new SpanHead(), Optional.empty())) {
      Map<String, float[]> encoded = model.encoded(batch);
      assertEquals(
          List.of(
              "hidden_states.0",
              "hidden_states.1",
              "hidden_states.2",
              "attentions.0",
              "attentions.1"),
          List.copyOf(encoded.keySet()));
      for (int layer = 0; layer <= 2; layer++) {
        String name = "hidden_states." + layer;
        assertTokensEqual(golden.floats(name), encoded.get(name), batch);
      }
      for (int layer = 0; layer < 2; layer++) {
        String name = "attentions." + layer;
        assertAttentionsEqual(golden.floats(name), encoded.get(name), batch);
        assertAttentionsEqual(golden.floats(name), model.attentions(batch).get(layer), batch);
      }
    }
  }

  /** Of the tokens that attend, [N,A,T,T]; what padding attends to means nothing. */
  private static void assertAttentionsEqual(float[] expected, float[] actual, Batch batch) {
    assertEquals(expected.length, actual.length);
    int tokens = batch.tokens();
    int heads = expected.length / (batch.sequences() * tokens * tokens);
    for (int i = 0; i < expected.length; i++) {
      int sequence = i / (heads * tokens * tokens);
      int from = i / tokens % tokens;
      if (batch.mask()[sequence * tokens + from] == 1) {
        assertEquals(expected[i], actual[i], TOLERANCE, "value " + i);
      }
    }
  }

  /** Padding's own hidden states mean nothing and are not compared. */
  private static void assertTokensEqual(float[] expected, float[] actual, Batch batch) {
    assertEquals(expected.length, actual.length);
    int hidden = expected.length / batch.mask().length;
    for (int i = 0; i < expected.length; i++) {
      if (batch.mask()[i / hidden] == 1) {
        assertEquals(expected[i], actual[i], TOLERANCE, "value " + i);
      }
    }
  }

  private static void assertClose(float[] expected, float[] actual) {
    assertEquals(expected.length, actual.length);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], TOLERANCE, "value " + i);
    }
  }
}
