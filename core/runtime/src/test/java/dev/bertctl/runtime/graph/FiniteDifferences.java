// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.runtime.packing.Batch;
import java.nio.FloatBuffer;
import java.util.function.DoubleSupplier;

/** Compares a gradient with central differences of the loss, where it is largest. */
final class FiniteDifferences {

  private static final float STEP = 1e-2f;

  /**
   * The loss has an error of about 1e-7, which the division by 2·STEP makes 1e-5; the third
   * derivative adds some 1e-4 at this step.
   */
  private static final double TOLERANCE = 1e-3;

  private FiniteDifferences() {}

  static void check(BertModel model, Batch batch, String name, float[] gradient) {
    check(model, name, gradient, () -> loss(model, batch));
  }

  /** Of a loss of another kind. */
  static void check(BertModel model, String name, float[] gradient, DoubleSupplier loss) {
    int index = largest(gradient);
    assertTrue(Math.abs(gradient[index]) > 20 * TOLERANCE, name + " " + gradient[index]);
    assertEquals(difference(model, name, index, loss), gradient[index], TOLERANCE, name);
  }

  private static double difference(BertModel model, String name, int index, DoubleSupplier loss) {
    FloatBuffer values = model.values().read(name).values();
    float value = values.get(index);
    float above = value + STEP;
    float below = value - STEP;
    model.values().assign(name, values.put(index, above));
    double lossAbove = loss.getAsDouble();
    model.values().assign(name, values.put(index, below));
    double lossBelow = loss.getAsDouble();
    model.values().assign(name, values.put(index, value));
    return (lossAbove - lossBelow) / ((double) above - below);
  }

  private static double loss(BertModel model, Batch batch) {
    return model.evaluate(batch).losses().values().stream()
        .mapToDouble(loss -> loss.factor() * loss.mean())
        .sum();
  }

  private static int largest(float[] values) {
    int largest = 0;
    for (int i = 1; i < values.length; i++) {
      if (Math.abs(values[i]) > Math.abs(values[largest])) {
        largest = i;
      }
    }
    return largest;
  }
}
