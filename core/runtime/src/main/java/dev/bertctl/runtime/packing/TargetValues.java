// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.packing;

import dev.bertctl.spi.head.TargetSpec;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Target;
import java.util.Arrays;

/**
 * One of a head's targets for a batch, row-major.
 *
 * @param shape as {@link TargetSpec.Form} says
 * @param integers {@link Target#IGNORED} for padding; empty for real numbers
 * @param numbers empty for integers
 */
public record TargetValues(long[] shape, int[] integers, float[] numbers) {

  /**
   * A target of a batch.
   *
   * @throws IllegalStateException if a feature has none, or one that does not fit
   */
  public static TargetValues of(Batch batch, TargetSpec spec) {
    for (Feature feature : batch.features()) {
      if (feature.target(spec.name()) instanceof Target.None) {
        throw new IllegalStateException(
            "a feature was drawn without the target '%s'".formatted(spec.name()));
      }
      TargetCheck.problem(feature, spec)
          .ifPresent(
              problem -> {
                throw new IllegalStateException(problem);
              });
    }
    long rows = batch.size();
    return switch (spec.form()) {
      case LABEL, CHOICE -> integers(batch, spec, 1, rows);
      case LABEL_PER_TOKEN, TOKEN_PER_TOKEN ->
          integers(batch, spec, batch.tokens(), rows, batch.tokens());
      case SPAN -> integers(batch, spec, 2, rows, 2);
      case TOKEN_PER_POSITION -> perPosition(batch, spec);
      case NUMBER -> numbers(batch, spec, 1, rows);
      case NUMBERS -> numbers(batch, spec, spec.size(), rows, spec.size());
    };
  }

  private static TargetValues integers(Batch batch, TargetSpec spec, int width, long... shape) {
    int[] values = new int[batch.size() * width];
    Arrays.fill(values, Target.IGNORED);
    for (int row = 0; row < batch.size(); row++) {
      if (batch.features().get(row).target(spec.name()) instanceof Target.Ints ints) {
        System.arraycopy(ints.values(), 0, values, row * width, ints.values().length);
      }
    }
    return new TargetValues(shape, values, new float[0]);
  }

  private static TargetValues perPosition(Batch batch, TargetSpec spec) {
    int[] values = new int[batch.positionRows().length];
    Arrays.fill(values, Target.IGNORED);
    int next = 0;
    for (Feature feature : batch.features()) {
      if (feature.target(spec.name()) instanceof Target.Ints ints) {
        System.arraycopy(ints.values(), 0, values, next, ints.values().length);
      }
      next += feature.positions().length;
    }
    return new TargetValues(new long[] {values.length}, values, new float[0]);
  }

  private static TargetValues numbers(Batch batch, TargetSpec spec, int width, long... shape) {
    float[] values = new float[batch.size() * width];
    for (int row = 0; row < batch.size(); row++) {
      if (batch.features().get(row).target(spec.name()) instanceof Target.Floats floats) {
        System.arraycopy(floats.values(), 0, values, row * width, floats.values().length);
      }
    }
    return new TargetValues(shape, new int[0], values);
  }
}
