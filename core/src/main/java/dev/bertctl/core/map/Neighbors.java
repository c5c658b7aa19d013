// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.map;

import java.util.List;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/** How well vectors tell labels apart. */
final class Neighbors {

  private Neighbors() {}

  /**
   * The share of nearest neighbours, in Euclidean distance, that have an example's own label, over
   * all examples with one. For two far groups of one label each it is 1, for labels at random the
   * chance of meeting one's own.
   *
   * @param vectors [N,H]
   * @param labels the label of each, if it has one
   * @param neighbors how many of each are looked at
   * @return {@code NaN} where no example has a label
   */
  static double agreement(float[][] vectors, List<OptionalInt> labels, int neighbors) {
    int[] labelled =
        IntStream.range(0, vectors.length).filter(i -> labels.get(i).isPresent()).toArray();
    return IntStream.of(labelled)
        .parallel()
        .mapToDouble(
            one ->
                IntStream.of(nearest(vectors, labelled, one, neighbors))
                    .mapToDouble(other -> labels.get(one).equals(labels.get(other)) ? 1 : 0)
                    .average()
                    .orElse(Double.NaN))
        .average()
        .orElse(Double.NaN);
  }

  private record Far(int place, double distance) {}

  private static int[] nearest(float[][] vectors, int[] among, int one, int count) {
    PriorityQueue<Far> kept =
        new PriorityQueue<>((a, b) -> Double.compare(b.distance(), a.distance()));
    for (int other : among) {
      if (other != one) {
        kept.add(new Far(other, distance(vectors[one], vectors[other])));
        if (kept.size() > count) {
          kept.poll();
        }
      }
    }
    return kept.stream().mapToInt(Far::place).toArray();
  }

  /** Squared. */
  private static double distance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      double difference = a[i] - b[i];
      sum += difference * difference;
    }
    return sum;
  }
}
