// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.packing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchPlanTest {

  private static final FeatureList FEATURES = Sample.list(Sample.features(5003));

  @Test
  void eachFeatureIsInOneBatch() {
    assertEachOnce(BatchPlan.training(FEATURES, BatchSize.ofSequences(32), 42, 0));
    assertEachOnce(BatchPlan.longestFirst(FEATURES, BatchSize.ofSequences(32)));
  }

  private static void assertEachOnce(BatchPlan plan) {
    assertEquals(157, plan.size()); // 5003 / 32, rounded up
    int[] all = plan.batches().stream().flatMapToInt(Arrays::stream).sorted().toArray();
    assertArrayEquals(IntStream.range(0, FEATURES.size()).toArray(), all);
    assertEquals(156, plan.batches().stream().filter(batch -> batch.length == 32).count());
  }

  @Test
  void sameSeedAndEpochGiveTheSameBatches() {
    assertEquals(order(42, 1), order(42, 1));
    assertFalse(order(42, 1).equals(order(42, 2)));
    assertFalse(order(42, 1).equals(order(43, 1)));
  }

  /** The generator and the shuffle are specified by Java, so this holds on every machine. */
  @Test
  void orderIsTheSameOnEveryMachine() {
    assertEquals("[[0, 4], [5, 2], [6], [1, 3]]", small(0));
    assertEquals("[[1, 3], [5, 2], [0, 4], [6]]", small(1));
  }

  private static String small(int epoch) {
    return Arrays.deepToString(
        BatchPlan.training(Sample.list(Sample.features(7)), BatchSize.ofSequences(2), 42, epoch)
            .batches()
            .toArray());
  }

  private static List<List<Integer>> order(long seed, int epoch) {
    return BatchPlan.training(FEATURES, BatchSize.ofSequences(32), seed, epoch).batches().stream()
        .map(batch -> Arrays.stream(batch).boxed().toList())
        .toList();
  }

  @Test
  void trainingPadsLittle() {
    double bucketed =
        paddingShare(FEATURES, BatchPlan.training(FEATURES, BatchSize.ofSequences(32), 42, 0));
    double random = paddingShare(FEATURES, randomPlan());
    assertTrue(random > 0.4, "random order pads " + random);
    assertTrue(bucketed < 0.04, "bucketed order pads " + bucketed);
  }

  private static BatchPlan randomPlan() {
    List<Integer> order = new ArrayList<>(IntStream.range(0, FEATURES.size()).boxed().toList());
    Collections.shuffle(order, new Random(1));
    List<int[]> batches = new ArrayList<>();
    for (int from = 0; from < order.size(); from += 32) {
      List<Integer> batch = order.subList(from, Math.min(order.size(), from + 32));
      batches.add(batch.stream().mapToInt(Integer::intValue).toArray());
    }
    return new BatchPlan(batches);
  }

  @Test
  void batchesOfAnEpochAreNotSortedByLength() {
    List<Integer> lengths =
        BatchPlan.training(FEATURES, BatchSize.ofSequences(32), 42, 0).batches().stream()
            .map(batch -> FEATURES.length(batch[0]))
            .toList();
    long rises =
        IntStream.range(1, lengths.size()).filter(i -> lengths.get(i) > lengths.get(i - 1)).count();
    assertTrue(rises > 50 && rises < 110, rises + " rises in 156 steps");
  }

  @Test
  void evaluationBeginsWithTheLongest() {
    int[] lengths =
        BatchPlan.longestFirst(FEATURES, BatchSize.ofSequences(32)).batches().stream()
            .flatMapToInt(Arrays::stream)
            .map(index -> FEATURES.length(index))
            .toArray();
    assertTrue(IntStream.range(1, lengths.length).allMatch(i -> lengths[i] <= lengths[i - 1]));
  }

  @Test
  void batchSizeCountsSequences() {
    FeatureList choices =
        Sample.list(Collections.nCopies(10, Sample.feature(Target.NONE, 5, 5, 5, 5)));
    assertEquals(
        List.of(2, 2, 2, 2, 2), sizes(BatchPlan.longestFirst(choices, BatchSize.ofSequences(8))));
    assertEquals(
        List.of(2, 2, 2, 2, 2),
        sizes(BatchPlan.training(choices, BatchSize.ofSequences(11), 1, 0)));
    assertEquals(
        Collections.nCopies(10, 1),
        sizes(BatchPlan.longestFirst(choices, BatchSize.ofSequences(3))));
  }

  @Test
  void featuresOfDifferentChoicesDoNotMix() {
    FeatureList mixed =
        Sample.list(
            List.of(
                Sample.feature(Target.NONE, 9),
                Sample.feature(Target.NONE, 8),
                Sample.feature(Target.NONE, 7, 7, 7),
                Sample.feature(Target.NONE, 6)));
    assertEquals(List.of(3, 1), sizes(BatchPlan.longestFirst(mixed, BatchSize.ofSequences(5))));
    assertEquals(List.of(2, 1, 1), sizes(BatchPlan.longestFirst(mixed, BatchSize.ofSequences(2))));
    assertEquals(
        List.of(1, 3), sorted(sizes(BatchPlan.training(mixed, BatchSize.ofSequences(5), 42, 0))));
  }

  private static List<Integer> sorted(List<Integer> values) {
    return values.stream().sorted().toList();
  }

  @Test
  void choicesPadLittle() {
    FeatureList mixed = mixedChoices(5000);
    double training =
        paddingShare(mixed, BatchPlan.training(mixed, BatchSize.ofSequences(64), 42, 0));
    double evaluation =
        paddingShare(mixed, BatchPlan.longestFirst(mixed, BatchSize.ofSequences(64)));
    // Sorted by length alone, both would pad more than a third.
    assertTrue(training < 0.05, "training pads " + training);
    assertTrue(evaluation < 0.03, "evaluation pads " + evaluation);
  }

  @Test
  void longestChoiceComesFirst() {
    FeatureList features =
        Sample.list(
            List.of(Sample.feature(Target.NONE, 5, 5, 5), Sample.feature(Target.NONE, 9, 9)));
    assertArrayEquals(
        new int[] {1}, BatchPlan.longestFirst(features, BatchSize.ofSequences(3)).batches().get(0));
  }

  @Test
  void batchesOfDifferentChoicesAreBounded() {
    FeatureList mixed = mixedChoices(700);
    for (int batchSize : List.of(1, 2, 3, 5, 16, 64)) {
      assertBounded(
          mixed, BatchPlan.training(mixed, BatchSize.ofSequences(batchSize), 42, 0), batchSize);
      assertBounded(
          mixed, BatchPlan.longestFirst(mixed, BatchSize.ofSequences(batchSize)), batchSize);
    }
  }

  private static void assertBounded(FeatureList features, BatchPlan plan, int batchSize) {
    int[] all = plan.batches().stream().flatMapToInt(Arrays::stream).sorted().toArray();
    assertArrayEquals(IntStream.range(0, features.size()).toArray(), all);
    for (int[] indices : plan.batches()) {
      Batch batch = batch(features, indices);
      assertTrue(
          batch.sequences() <= batchSize || batch.size() == 1,
          "%d sequences of %d features".formatted(batch.sequences(), batch.size()));
      assertTrue(IntStream.of(batch.choiceMask()).allMatch(choice -> choice == 1));
    }
  }

  @Test
  void trainingBatchesAreAsManyInEachEpoch() {
    FeatureList mixed = mixedChoices(701);
    for (int most : List.of(1, 2, 3, 5, 16, 64)) {
      BatchSize size = BatchSize.ofSequences(most);
      for (int epoch = 1; epoch < 3; epoch++) {
        assertEquals(
            BatchPlan.training(mixed, size, 42, 0).size(),
            BatchPlan.training(mixed, size, 42, epoch).size());
      }
    }
    assertEquals(157, BatchPlan.training(FEATURES, BatchSize.ofSequences(32), 42, 0).size());
  }

  @Test
  void tokensOfBatchesAreBoundedPaddingIncluded() {
    FeatureList mixed = mixedChoices(701);
    for (int most : List.of(8, 100, 1000, 5000)) {
      for (BatchPlan plan :
          List.of(
              BatchPlan.training(mixed, BatchSize.ofTokens(most), 42, 0),
              BatchPlan.shuffled(mixed, BatchSize.ofTokens(most), 42, 0),
              BatchPlan.longestFirst(mixed, BatchSize.ofTokens(most)))) {
        int features = 0;
        for (int[] indices : plan.batches()) {
          Batch batch = batch(mixed, indices);
          assertTrue(batch.mask().length <= most || batch.size() == 1, () -> "at most " + most);
          features += batch.size();
        }
        assertEquals(701, features);
      }
    }
  }

  @Test
  void moreShortSequencesThanLongOnesShareABatchOfTokens() {
    BatchPlan plan = BatchPlan.longestFirst(FEATURES, BatchSize.ofTokens(2000));
    assertTrue(
        plan.batches().get(0).length < plan.batches().get(plan.size() - 2).length, plan::toString);
  }

  /** Features of two to seven choices of the same length. */
  private static FeatureList mixedChoices(int count) {
    Random random = new Random(5);
    return Sample.list(
        Sample.features(count).stream()
            .map(
                one ->
                    Feature.of(
                        Collections.nCopies(2 + random.nextInt(6), one.sequence()), Target.NONE))
            .toList());
  }

  private static Batch batch(FeatureList features, int... indices) {
    return Batch.of(Arrays.stream(indices).mapToObj(features::get).toList(), 0);
  }

  /** Share of the computed tokens that are padding. */
  private static double paddingShare(FeatureList features, BatchPlan plan) {
    long computed = 0;
    long tokens = 0;
    for (int[] indices : plan.batches()) {
      Batch batch = batch(features, indices);
      computed += batch.mask().length;
      tokens += IntStream.of(batch.mask()).sum();
    }
    return 1 - (double) tokens / computed;
  }

  @Test
  void nothingToPlan() {
    assertEquals(
        0, BatchPlan.training(Sample.list(List.of()), BatchSize.ofSequences(32), 1, 0).size());
    assertEquals(
        0, BatchPlan.longestFirst(Sample.list(List.of()), BatchSize.ofSequences(32)).size());
  }

  private static List<Integer> sizes(BatchPlan plan) {
    return plan.batches().stream().map(batch -> batch.length).toList();
  }
}
