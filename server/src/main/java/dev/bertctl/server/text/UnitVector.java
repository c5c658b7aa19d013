// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.text;

import dev.bertctl.server.problem.ProblemException;
import dev.bertctl.server.problem.ProblemType;
import java.util.Arrays;
import java.util.Optional;

/** Shapes vectors as clients want them. */
public final class UnitVector {

  /** A vector of nothing but 0 stays as it is, as in PyTorch's normalize. */
  private static final double SHORTEST = 1e-12;

  /** How far the length of a vector that is normalised can be from 1. */
  private static final double ROUNDING = 1e-4;

  private UnitVector() {}

  /** A vector divided by its length: of (3, 4) it is (0.6, 0.8). */
  public static float[] of(float... vector) {
    double length = Math.max(length(vector), SHORTEST);
    float[] unit = new float[vector.length];
    for (int i = 0; i < unit.length; i++) {
      unit[i] = (float) (vector[i] / length);
    }
    return unit;
  }

  /** Whether a vector is as long as one that was divided by its length. */
  public static boolean isOne(float... vector) {
    return Math.abs(length(vector) - 1) < ROUNDING;
  }

  /**
   * The first numbers of a vector, as models that were trained for it (Matryoshka) allow; all of
   * them if none are asked for.
   *
   * @throws ProblemException naming the field dimensions, if there are not so many
   */
  public static float[] first(Optional<Integer> dimensions, float... vector) {
    int count = dimensions.orElse(vector.length);
    if (count > vector.length) {
      throw new ProblemException(
          ProblemType.VALIDATION,
          "'dimensions' is %d; give at most the %d of the model".formatted(count, vector.length));
    }
    return Arrays.copyOf(vector, count);
  }

  /** The cosine of the angle between two vectors. */
  public static double cosine(float[] a, float... b) {
    double dot = 0;
    for (int i = 0; i < a.length; i++) {
      dot += (double) a[i] * b[i];
    }
    return dot / Math.max(length(a) * length(b), SHORTEST);
  }

  private static double length(float... vector) {
    double sum = 0;
    for (float value : vector) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum);
  }
}
