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
   * @param size how large a batch may be; a feature with more choices is a batch by itself
   * @param seed the run's seed
   * @param epoch counted from 0; each has its own order
   */
  public static BatchPlan training(FeatureList features, BatchSize size, long seed, int epoch) {
    return shuffled(features, size, seed, epoch, true);
  }

  /**
   * The batches of a training epoch, each of them a random sample of the features with equally many
   * sequences.
   *
   * @param size how large a batch may be; a feature with more choices is a batch by itself
   * @param seed the run's seed
   * @param epoch counted from 0; each has its own order
   */
  public static BatchPlan shuffled(FeatureList features, BatchSize size, long seed, int epoch) {
    return shuffled(features, size, seed, epoch, false);
  }

  private static BatchPlan shuffled(
      FeatureList features, BatchSize size, long seed, int epoch, boolean byLength) {
    Random random = new Random(seed ^ (EPOCH_STRIDE * (epoch + 1)));
    int[] order = IntStream.range(0, features.size()).toArray();
    shuffle(order, random);
    List<int[]> batches = new ArrayList<>();
    groups(features, order)
        .forEach(
            (sequences, group) -> {
              if (byLength) {
                int perBatch = size.features(sequences, meanLength(features, group));
                sortBuckets(features, group, Math.multiplyExact(BUCKET, perBatch));
              }
              slice(features, group, batches, size);
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
   * The batches of an evaluation, in which their order does not count: features sorted by length
   * and sliced into batches, that of the longest sequence first, so that too little memory shows at
   * once.
   *
   * @param sizes how large a batch may be, by each of them; a feature with more choices is a batch
   *     by itself
   */
  public static BatchPlan longestFirst(FeatureList features, BatchSize... sizes) {
    List<int[]> batches = new ArrayList<>();
    Comparator<Integer> longestFirst =
        Comparator.<Integer>comparingInt(features::length).reversed();
    groups(features, IntStream.range(0, features.size()).toArray())
        .forEach(
            (sequences, group) -> {
              sort(group, 0, group.length, longestFirst);
              slice(features, group, batches, sizes);
            });
    batches.sort(Comparator.comparingInt((int[] batch) -> features.length(batch[0])).reversed());
    return new BatchPlan(batches);
  }

  /** Rounded up. */
  private static int meanLength(FeatureList features, int[] group) {
    long total = Arrays.stream(group).mapToLong(features::length).sum();
    return Math.toIntExact((total + group.length - 1) / group.length);
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

  /** Cuts an order into batches, each as large as it may be. */
  private static void slice(
      FeatureList features, int[] order, List<int[]> batches, BatchSize... sizes) {
    int from = 0;
    int longest = 0;
    for (int i = 0; i < order.length; i++) {
      longest = Math.max(longest, features.length(order[i]));
      if (i + 1 - from > most(features.sequences(order[i]), longest, sizes)) {
        batches.add(Arrays.copyOfRange(order, from, i));
        from = i;
        longest = features.length(order[i]);
      }
    }
    batches.add(Arrays.copyOfRange(order, from, order.length));
  }

  private static int most(int sequences, int tokens, BatchSize... sizes) {
    int most = Integer.MAX_VALUE;
    for (BatchSize size : sizes) {
      most = Math.min(most, size.features(sequences, tokens));
    }
    return most;
  }

  /** Number of batches. */
  public int size() {
    return batches.size();
  }
}
