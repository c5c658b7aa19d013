// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.packing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Which features go into which batch, so that little padding is computed: features of one batch
 * have equally many sequences and almost equal lengths. The same on every machine.
 *
 * @param batches for each batch the indices of its features
 */
public record BatchPlan(List<int[]> batches) {

  /**
   * Batches' worth of features that are sorted by length together: enough for batches of almost
   * equal lengths, few enough to leave each epoch's batches different.
   */
  private static final int BUCKET = 50;

  /** 2^64 over the golden ratio: seeds of neighbouring epochs differ in all their bits. */
  private static final long EPOCH_STRIDE = 0x9E3779B97F4A7C15L;

  /** Copies the list. */
  public BatchPlan {
    batches = List.copyOf(batches);
  }

  /**
   * The batches of a training epoch: features are shuffled, cut into buckets of {@value #BUCKET}
   * batches, sorted by length within them, sliced into batches, and the batches shuffled.
   *
   * @param batchSize most sequences of a batch; a feature with more choices is a batch by itself
   * @param seed the run's seed
   * @param epoch counted from 0; each has its own order
   */
  public static BatchPlan training(FeatureList features, int batchSize, long seed, int epoch) {
    return shuffled(features, batchSize, seed, epoch, true);
  }

  /**
   * The batches of a training epoch, each of them a random sample of the features with equally many
   * sequences.
   *
   * @param batchSize most sequences of a batch; a feature with more choices is a batch by itself
   * @param seed the run's seed
   * @param epoch counted from 0; each has its own order
   */
  public static BatchPlan shuffled(FeatureList features, int batchSize, long seed, int epoch) {
    return shuffled(features, batchSize, seed, epoch, false);
  }

  private static BatchPlan shuffled(
      FeatureList features, int batchSize, long seed, int epoch, boolean byLength) {
    Random random = new Random(seed ^ (EPOCH_STRIDE * (epoch + 1)));
    int[] order = IntStream.range(0, features.size()).toArray();
    shuffle(order, random);
    List<int[]> batches = new ArrayList<>();
    groups(features, order)
        .forEach(
            (sequences, group) -> {
              int perBatch = perBatch(batchSize, sequences);
              if (byLength) {
                sortBuckets(features, group, Math.multiplyExact(BUCKET, perBatch));
              }
              slice(group, perBatch, batches);
            });
    Collections.shuffle(batches, random);
    return new BatchPlan(batches);
  }

  /** Sorts up and down in turns, so that lengths are also alike where two share a batch. */
  private static void sortBuckets(FeatureList features, int[] group, int bucket) {
    Comparator<Integer> shortestFirst = Comparator.comparingInt(features::length);
    boolean rising = true;
    for (int from = 0; from < group.length; from += bucket) {
      int to = (int) Math.min(group.length, (long) from + bucket);
      sort(group, from, to, rising ? shortestFirst : shortestFirst.reversed());
      rising = !rising;
    }
  }

  /**
   * The number of batches of every training epoch.
   *
   * @param batchSize most sequences of a batch
   */
  public static long trainingBatches(FeatureList features, int batchSize) {
    Map<Integer, Long> counts = new TreeMap<>();
    for (int i = 0; i < features.size(); i++) {
      counts.merge(features.sequences(i), 1L, Long::sum);
    }
    return counts.entrySet().stream()
        .mapToLong(
            group -> {
              int perBatch = perBatch(batchSize, group.getKey());
              return (group.getValue() + perBatch - 1) / perBatch;
            })
        .sum();
  }

  /**
   * The batches of an evaluation: features sorted by length and sliced into batches, that of the
   * longest sequence first, so that too little memory shows at once.
   *
   * @param batchSize most sequences of a batch; a feature with more choices is a batch by itself
   */
  public static BatchPlan evaluation(FeatureList features, int batchSize) {
    List<int[]> batches = new ArrayList<>();
    Comparator<Integer> longestFirst =
        Comparator.<Integer>comparingInt(features::length).reversed();
    groups(features, IntStream.range(0, features.size()).toArray())
        .forEach(
            (sequences, group) -> {
              sort(group, 0, group.length, longestFirst);
              slice(group, perBatch(batchSize, sequences), batches);
            });
    batches.sort(Comparator.comparingInt((int[] batch) -> features.length(batch[0])).reversed());
    return new BatchPlan(batches);
  }

  private static int perBatch(int batchSize, int sequences) {
    return Math.max(1, batchSize / sequences);
  }

  /** The features of equally many sequences, in the given order, fewest sequences first. */
  private static Map<Integer, int[]> groups(FeatureList features, int[] order) {
    Map<Integer, IntStream.Builder> groups = new TreeMap<>();
    for (int index : order) {
      groups.computeIfAbsent(features.sequences(index), key -> IntStream.builder()).add(index);
    }
    Map<Integer, int[]> arrays = new TreeMap<>();
    groups.forEach((sequences, group) -> arrays.put(sequences, group.build().toArray()));
    return arrays;
  }

  /** As {@link Collections#shuffle(List, Random)}, without an object for each number. */
  private static void shuffle(int[] values, Random random) {
    for (int i = values.length; i > 1; i--) {
      int other = random.nextInt(i);
      int value = values[i - 1];
      values[i - 1] = values[other];
      values[other] = value;
    }
  }

  private static void sort(int[] values, int from, int to, Comparator<Integer> comparator) {
    int[] sorted =
        Arrays.stream(values, from, to).boxed().sorted(comparator).mapToInt(i -> i).toArray();
    System.arraycopy(sorted, 0, values, from, sorted.length);
  }

  private static void slice(int[] order, int perBatch, List<int[]> batches) {
    for (int from = 0; from < order.length; from += perBatch) {
      batches.add(Arrays.copyOfRange(order, from, Math.min(order.length, from + perBatch)));
    }
  }

  /** Number of batches. */
  public int size() {
    return batches.size();
  }
}
