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

  private static final List<Feature> FEATURES = Sample.features(5003);

  @Test
  void eachFeatureIsInOneBatch() {
    assertEachOnce(BatchPlan.training(FEATURES, 32, 42, 0));
    assertEachOnce(BatchPlan.evaluation(FEATURES, 32));
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
        BatchPlan.training(Sample.features(7), 2, 42, epoch).batches().toArray());
  }

  private static List<List<Integer>> order(long seed, int epoch) {
    return BatchPlan.training(FEATURES, 32, seed, epoch).batches().stream()
        .map(batch -> Arrays.stream(batch).boxed().toList())
        .toList();
  }

  @Test
  void trainingPadsLittle() {
    double bucketed = BatchPlan.training(FEATURES, 32, 42, 0).paddingShare();
    double random = randomPlan().paddingShare();
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
    return new BatchPlan(FEATURES, batches);
  }

  @Test
  void batchesOfAnEpochAreNotSortedByLength() {
    List<Integer> lengths =
        BatchPlan.training(FEATURES, 32, 42, 0).batches().stream()
            .map(batch -> BatchPlan.length(FEATURES.get(batch[0])))
            .toList();
    long rises =
        IntStream.range(1, lengths.size()).filter(i -> lengths.get(i) > lengths.get(i - 1)).count();
    assertTrue(rises > 50 && rises < 110, rises + " rises in 156 steps");
  }

  @Test
  void evaluationBeginsWithTheLongest() {
    int[] lengths =
        BatchPlan.evaluation(FEATURES, 32).batches().stream()
            .flatMapToInt(Arrays::stream)
            .map(index -> BatchPlan.length(FEATURES.get(index)))
            .toArray();
    assertTrue(IntStream.range(1, lengths.length).allMatch(i -> lengths[i] <= lengths[i - 1]));
  }

  @Test
  void batchSizeCountsSequences() {
    List<Feature> choices =
        IntStream.range(0, 10).mapToObj(i -> Sample.feature(Target.NONE, 5, 5, 5, 5)).toList();
    assertEquals(List.of(2, 2, 2, 2, 2), sizes(BatchPlan.evaluation(choices, 8)));
    assertEquals(List.of(2, 2, 2, 2, 2), sizes(BatchPlan.training(choices, 11, 1, 0)));
    assertEquals(Collections.nCopies(10, 1), sizes(BatchPlan.evaluation(choices, 3)));
  }

  @Test
  void paddedChoicesCountToo() {
    List<Feature> mixed =
        List.of(
            Sample.feature(Target.NONE, 9),
            Sample.feature(Target.NONE, 8),
            Sample.feature(Target.NONE, 7, 7, 7),
            Sample.feature(Target.NONE, 6));
    // With the feature of three choices, even two are a batch of six sequences.
    assertEquals(List.of(3, 1), sizes(BatchPlan.evaluation(mixed, 5)));
    assertEquals(List.of(2, 2), sizes(BatchPlan.evaluation(mixed, 6)));
  }

  @Test
  void choicesPadLittle() {
    List<Feature> mixed = mixedChoices(5000);
    double training = BatchPlan.training(mixed, 64, 42, 0).paddingShare();
    double evaluation = BatchPlan.evaluation(mixed, 64).paddingShare();
    // Sorted by length alone, both would pad more than a third.
    assertTrue(training < 0.2, "training pads " + training);
    assertTrue(evaluation < 0.06, "evaluation pads " + evaluation);
  }

  @Test
  void longestChoiceComesFirst() {
    List<Feature> features =
        List.of(Sample.feature(Target.NONE, 5, 5, 5), Sample.feature(Target.NONE, 9, 9));
    assertArrayEquals(new int[] {1}, BatchPlan.evaluation(features, 3).batches().get(0));
  }

  @Test
  void batchesOfDifferentChoicesAreBounded() {
    List<Feature> mixed = mixedChoices(700);
    for (int batchSize : List.of(1, 2, 3, 5, 16, 64)) {
      assertBounded(BatchPlan.training(mixed, batchSize, 42, 0), batchSize);
      assertBounded(BatchPlan.evaluation(mixed, batchSize), batchSize);
    }
  }

  private static void assertBounded(BatchPlan plan, int batchSize) {
    int[] all = plan.batches().stream().flatMapToInt(Arrays::stream).sorted().toArray();
    assertArrayEquals(IntStream.range(0, plan.features().size()).toArray(), all);
    for (int i = 0; i < plan.size(); i++) {
      Batch batch = plan.batch(i, 0);
      assertTrue(
          batch.sequences() <= batchSize || batch.size() == 1,
          "%d sequences of %d features".formatted(batch.sequences(), batch.size()));
    }
  }

  /** Features of two to seven choices of the same length. */
  private static List<Feature> mixedChoices(int count) {
    Random random = new Random(5);
    return Sample.features(count).stream()
        .map(
            one ->
                new Feature(
                    Collections.nCopies(2 + random.nextInt(6), one.sequence()), Target.NONE))
        .toList();
  }

  @Test
  void paddingShareCountsTokensAndChoices() {
    List<Feature> features =
        List.of(Sample.feature(Target.NONE, 4), Sample.feature(Target.NONE, 2, 2));
    BatchPlan plan = new BatchPlan(features, List.of(new int[] {0, 1}));
    assertEquals(0.5, plan.paddingShare()); // 8 tokens in 2 features of 2 choices of 4 tokens
    assertEquals(2, plan.batch(0, 0).choices());
  }

  @Test
  void nothingToPlan() {
    assertEquals(0, BatchPlan.training(List.of(), 32, 1, 0).size());
    assertEquals(0, BatchPlan.evaluation(List.of(), 32).paddingShare());
  }

  private static List<Integer> sizes(BatchPlan plan) {
    return plan.batches().stream().map(batch -> batch.length).toList();
  }
}
