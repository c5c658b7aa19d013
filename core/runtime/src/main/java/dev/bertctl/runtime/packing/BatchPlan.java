// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.packing;

import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Sequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Which features go into which batch, so that little padding is computed. The same on every
 * machine.
 *
 * @param features the features of a split
 * @param batches for each batch the indices of its features
 */
public record BatchPlan(List<Feature> features, List<int[]> batches) {

  /**
   * Batches' worth of features that are sorted by size together: enough for batches of almost equal
   * lengths, few enough to leave each epoch's batches different.
   */
  private static final int BUCKET = 50;

  /** 2^64 over the golden ratio: seeds of neighbouring epochs differ in all their bits. */
  private static final long EPOCH_STRIDE = 0x9E3779B97F4A7C15L;

  /** Copies the lists. */
  public BatchPlan {
    features = List.copyOf(features);
    batches = List.copyOf(batches);
  }

  /**
   * The batches of a training epoch: features are shuffled, cut into buckets of {@value #BUCKET}
   * batches, sorted by size within them, sliced into batches, and the batches shuffled.
   *
   * @param batchSize most sequences of a batch; a feature with more choices is a batch by itself
   * @param seed the run's seed
   * @param epoch counted from 0; each has its own order
   */
  public static BatchPlan training(List<Feature> features, int batchSize, long seed, int epoch) {
    Random random = new Random(seed ^ (EPOCH_STRIDE * (epoch + 1)));
    List<Integer> order = new ArrayList<>(IntStream.range(0, features.size()).boxed().toList());
    Collections.shuffle(order, random);
    Comparator<Integer> smallestFirst = bySize(features);
    int bucket = bucketSize(features, batchSize);
    boolean rising = true;
    for (int from = 0; from < order.size(); from += bucket) {
      // Up and down in turns, so that sizes are also alike where two buckets share a batch.
      order
          .subList(from, Math.min(order.size(), from + bucket))
          .sort(rising ? smallestFirst : smallestFirst.reversed());
      rising = !rising;
    }
    List<int[]> batches = slice(features, order, batchSize);
    Collections.shuffle(batches, random);
    return new BatchPlan(features, batches);
  }

  /**
   * The batches of an evaluation: features sorted by size and sliced into batches, that of the
   * longest sequence first, so that too little memory shows at once.
   *
   * @param batchSize most sequences of a batch; a feature with more choices is a batch by itself
   */
  public static BatchPlan evaluation(List<Feature> features, int batchSize) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, features.size()).boxed().toList());
    order.sort(bySize(features).reversed());
    List<int[]> batches = slice(features, order, batchSize);
    batches.sort(Comparator.comparingInt((int[] batch) -> longest(features, batch)).reversed());
    return new BatchPlan(features, batches);
  }

  /** Fewest choices first, then shortest: neighbours pad each other little. */
  private static Comparator<Integer> bySize(List<Feature> features) {
    return Comparator.comparingInt((Integer i) -> features.get(i).sequences().size())
        .thenComparingInt(i -> length(features.get(i)));
  }

  private static int longest(List<Feature> features, int[] batch) {
    return Arrays.stream(batch).map(i -> length(features.get(i))).max().orElse(0);
  }

  private static int bucketSize(List<Feature> features, int batchSize) {
    long sequences = features.stream().mapToLong(f -> f.sequences().size()).sum();
    long perBatch = (long) batchSize * features.size() / Math.max(1, sequences);
    return Math.toIntExact(BUCKET * Math.max(1, perBatch));
  }

  private static List<int[]> slice(List<Feature> features, List<Integer> order, int batchSize) {
    List<int[]> batches = new ArrayList<>();
    int from = 0;
    while (from < order.size()) {
      int to = from;
      int choices = 0;
      do {
        choices = Math.max(choices, features.get(order.get(to)).sequences().size());
        to++;
      } while (to < order.size()
          && (to + 1 - from) * Math.max(choices, features.get(order.get(to)).sequences().size())
              <= batchSize);
      batches.add(order.subList(from, to).stream().mapToInt(Integer::intValue).toArray());
      from = to;
    }
    return batches;
  }

  /** Longest sequence of a feature. */
  static int length(Feature feature) {
    return feature.sequences().stream().mapToInt(Sequence::length).max().orElse(0);
  }

  /** Number of batches. */
  public int size() {
    return batches.size();
  }

  /** Assembles one batch. */
  public Batch batch(int index, int padId) {
    return Batch.of(features, batches.get(index), padId);
  }

  /** Share of the computed tokens that are padding: 0.05 means one in twenty. */
  public double paddingShare() {
    long computed = 0;
    long tokens = 0;
    for (int[] batch : batches) {
      long choices = 0;
      long longest = 0;
      for (int index : batch) {
        Feature feature = features.get(index);
        choices = Math.max(choices, feature.sequences().size());
        longest = Math.max(longest, length(feature));
        tokens += feature.sequences().stream().mapToLong(Sequence::length).sum();
      }
      computed += batch.length * choices * longest;
    }
    return computed == 0 ? 0 : 1 - (double) tokens / computed;
  }
}
