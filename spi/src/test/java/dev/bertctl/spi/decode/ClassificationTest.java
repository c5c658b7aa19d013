// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bertctl.spi.data.Labels;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClassificationTest {

  private static final Labels LABELS = new Labels(List.of("no", "yes"));

  /** The worked number of {@link Softmax} and {@link Classification#of}. */
  @Test
  void softmaxOfZeroAndLogThree() {
    List<Double> probabilities = Softmax.of(new float[] {0, (float) Math.log(3)});
    assertEquals(0.25, probabilities.get(0), 1e-7);
    assertEquals(0.75, probabilities.get(1), 1e-7);
    Classification decoded = decode(0, (float) Math.log(3));
    assertEquals(1, decoded.label());
    assertEquals(probabilities, decoded.probabilities());
  }

  @Test
  void softmaxOfLargeLogitsStaysFinite() {
    assertEquals(List.of(0.5, 0.5, 0.0), Softmax.of(new float[] {3e38f, 3e38f, -3e38f}));
  }

  @Test
  void firstOfEqualMatrixWins() {
    assertEquals(0, decode(2, 2).label());
  }

  @Test
  void fieldsNameTheLabels() {
    assertEquals(
        Map.of("predicted", "no", "probabilities", Map.of("no", 0.5, "yes", 0.5)),
        decode(1, 1).fields());
    assertEquals(Map.of("predicted", "yes"), new Classification(LABELS, 1, List.of()).fields());
    assertEquals(
        List.of("predicted", "probabilities"), List.copyOf(decode(1, 1).fields().keySet()));
  }

  private static Classification decode(float... logits) {
    return Classification.of(LABELS, new Matrix(logits, 1, 2));
  }
}
