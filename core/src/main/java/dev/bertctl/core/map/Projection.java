// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.map;

import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import org.hipparchus.stat.projection.PCA;
import tagbio.umap.Umap;
import tagbio.umap.metric.EuclideanMetric;

/** How vectors of many dimensions become points of a plane. */
public enum Projection {
  /**
   * Uniform manifold approximation and projection (McInnes, Healy, Melville 2018): keeps together
   * what is together.
   */
  UMAP {
    @Override
    double[][] project(float[][] vectors, int neighbors, long seed) {
      float[][] projected =
          new Umap()
              .setNumberComponents(2)
              .setNumberNearestNeighbours(neighbors)
              .setMetric(EuclideanMetric.SINGLETON)
              .setRandom(new Random(seed))
              // With several the result is another each time.
              .setThreads(1)
              .fitTransform(vectors);
      return Arrays.stream(projected)
          .map(point -> new double[] {point[0], point[1]})
          .toArray(double[][]::new);
    }
  },

  /** The two directions in which the vectors differ most (principal components). */
  PCA {
    @Override
    double[][] project(float[][] vectors, int neighbors, long seed) {
      double[][] rows = new double[vectors.length][];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = new double[vectors[i].length];
        for (int j = 0; j < rows[i].length; j++) {
          rows[i][j] = vectors[i][j];
        }
      }
      return new PCA(2).fitAndTransform(rows);
    }
  };

  /** Fewer points have no shape. */
  static final int FEWEST = 4;

  /**
   * Projects vectors.
   *
   * @param vectors [N,H], N at least {@value #FEWEST}
   * @param neighbors points that are to stay together, less than N
   * @param seed of what is drawn; the same gives the same points
   * @return [N,2], each column from 0 to 1
   */
  double[][] of(float[][] vectors, int neighbors, long seed) {
    double[][] points = project(vectors, neighbors, seed);
    for (int axis = 0; axis < 2; axis++) {
      int column = axis;
      double least = Arrays.stream(points).mapToDouble(point -> point[column]).min().orElseThrow();
      double most = Arrays.stream(points).mapToDouble(point -> point[column]).max().orElseThrow();
      for (double[] point : points) {
        point[axis] = most > least ? (point[axis] - least) / (most - least) : 0.5;
      }
    }
    return points;
  }

  abstract double[][] project(float[][] vectors, int neighbors, long seed);

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
