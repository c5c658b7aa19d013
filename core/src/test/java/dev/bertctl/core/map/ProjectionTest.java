// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.map;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProjectionTest {

  private static final int GROUPS = 3;
  private static final int OF_GROUP = 30;

  /** Three groups in 20 dimensions, far from each other. */
  private static float[][] groups() {
    Random random = new Random(1);
    return IntStream.range(0, GROUPS * OF_GROUP)
        .mapToObj(
            i -> {
              float[] vector = new float[20];
              for (int j = 0; j < vector.length; j++) {
                vector[j] = (float) random.nextGaussian() + (j == i % GROUPS ? 20 : 0);
              }
              return vector;
            })
        .toArray(float[][]::new);
  }

  @ParameterizedTest
  @EnumSource
  void keepsGroupsTogether(Projection projection) {
    double[][] points = projection.of(groups(), 10, 42);
    float[][] plane = new float[points.length][];
    for (int i = 0; i < points.length; i++) {
      plane[i] = new float[] {(float) points[i][0], (float) points[i][1]};
      assertTrue(points[i][0] >= 0 && points[i][0] <= 1, "x " + points[i][0]);
      assertTrue(points[i][1] >= 0 && points[i][1] <= 1, "y " + points[i][1]);
    }
    List<OptionalInt> labels =
        IntStream.range(0, points.length).mapToObj(i -> OptionalInt.of(i % GROUPS)).toList();
    assertEquals(1, Neighbors.agreement(plane, labels, 5), 0.01);
  }

  @ParameterizedTest
  @EnumSource
  void aSeedGivesTheSame(Projection projection) {
    double[][] first = projection.of(groups(), 10, 7);
    double[][] second = projection.of(groups(), 10, 7);
    for (int i = 0; i < first.length; i++) {
      assertArrayEquals(first[i], second[i]);
    }
  }

  /** (-2,-1), (0,0), (2,1) lie on a line, and (1,-2), (-1,2) across it, half as far. */
  @Test
  void principalComponentsAreTheDirectionsOfMostVariance() {
    float[][] cross = {{-2, -1}, {2, 1}, {0, 0}, {0.5f, -1}, {-0.5f, 1}};
    double[][] points = Projection.PCA.of(cross, 2, 0);
    double[] along = {points[0][0], points[1][0]};
    assertEquals(1, Math.abs(along[0] - along[1]), 1e-9);
    assertEquals(0.5, points[2][0], 1e-9);
    assertEquals(0.5, points[3][0], 1e-9);
    assertEquals(1, Math.abs(points[3][1] - points[4][1]), 1e-9);
  }

  @Test
  void equalVectorsAreOnePoint() {
    double[][] points = Projection.PCA.of(new float[5][3], 2, 0);
    for (double[] point : points) {
      assertArrayEquals(new double[] {0.5, 0.5}, point);
    }
  }
}
