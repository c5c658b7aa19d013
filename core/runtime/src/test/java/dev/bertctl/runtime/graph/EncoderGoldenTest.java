// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bertctl.runtime.packing.Batch;
import dev.bertctl.spi.head.ClassifierHead;
import java.util.List;
import java.util.Map;
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
    try (BertModel model = golden.build(head, BertModel.Mode.INFERENCE)) {
      Map<String, float[]> hidden = model.hidden(batch);
      assertTokensEqual(golden.floats("last_hidden_state"), hidden.get("sequence"), batch);
      assertClose(golden.floats("pooler_output"), hidden.get("pooled"));
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
