// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.head;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** Values are never looked at here, so they are made without TensorFlow. */
class HeadOutputTest {

  private static final Operand<TFloat32> VALUES = operand();
  private static final Operand<TFloat32> WEIGHTS = operand();

  @SuppressWarnings("unchecked")
  private static Operand<TFloat32> operand() {
    return (Operand<TFloat32>)
        Proxy.newProxyInstance(
            HeadOutputTest.class.getClassLoader(),
            new Class<?>[] {Operand.class},
            (proxy, method, arguments) -> {
              throw new UnsupportedOperationException(method.getName());
            });
  }

  @Test
  void outputsAndLossesHaveNamesAndAnOrder() {
    HeadOutput output =
        HeadOutput.logits(Layout.PER_TOKEN, VALUES)
            .trainedOn(VALUES, WEIGHTS)
            .and("next", Layout.PER_FEATURE, VALUES)
            .trainedOn("next", VALUES, WEIGHTS, 0.5);
    assertEquals(List.of("logits", "next"), List.copyOf(output.values().keySet()));
    assertEquals(Layout.PER_FEATURE, output.values().get("next").layout());
    assertEquals(List.of("loss", "next"), List.copyOf(output.losses().keySet()));
    assertEquals(1, output.losses().get("loss").factor());
    assertEquals(0.5, output.losses().get("next").factor());
    assertSame(WEIGHTS, output.losses().get("next").weights());
  }

  @Test
  void namesAreGivenOnce() {
    HeadOutput output = HeadOutput.logits(Layout.PER_TOKEN, VALUES).trainedOn(VALUES, WEIGHTS);
    assertEquals(
        "two are called 'logits'; rename one",
        assertThrows(
                IllegalArgumentException.class,
                () -> output.and("logits", Layout.PER_FEATURE, VALUES))
            .getMessage());
    assertEquals(
        "two are called 'loss'; rename one",
        assertThrows(IllegalArgumentException.class, () -> output.trainedOn(VALUES, WEIGHTS))
            .getMessage());
  }
}
