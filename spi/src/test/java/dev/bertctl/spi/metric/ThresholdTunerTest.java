// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.spi.data.LabelledText;
import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.data.Location;
import dev.bertctl.spi.decode.Classification;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ThresholdTunerTest {

  private static final Labels LABELS = new Labels(List.of("no", "yes"));

  /** The worked number of {@link ThresholdSearch}. */
  @Test
  void middleOfTheBestGap() {
    assertEquals(0.7, tuned(ClassificationGoal.ACCURACY, "001", 0.2, 0.6, 0.8), 1e-15);
  }

  /** With none positive three of four are right, but nothing is found. */
  @Test
  void goalsDiffer() {
    double[] probabilities = {0.6, 0.7, 0.8, 0.9};
    assertEquals(0.95, tuned(ClassificationGoal.ACCURACY, "0100", probabilities), 1e-15);
    assertEquals(0.65, tuned(ClassificationGoal.F1, "0100", probabilities), 1e-15);
  }

  @Test
  void staysAtOneHalfWhereNothingIsBetter() {
    assertEquals(0.5, tuned(ClassificationGoal.ACCURACY, "0011", 0.1, 0.4, 0.8, 0.9));
    assertEquals(0.5, tuned(ClassificationGoal.F1, "0011", 0.1, 0.4, 0.8, 0.9));
    assertEquals(0.5, tuned(ClassificationGoal.ACCURACY, "01", 0.7, 0.7));
  }

  /** Three of four are right with the second or the fourth threshold, two with 0.5 between them. */
  @Test
  void ofEquallyGoodOnesTheNearestToOneHalfThenTheLower() {
    assertEquals(0.75, tuned(ClassificationGoal.ACCURACY, "0101", 0.0625, 0.1875, 0.625, 0.875));
    assertEquals(0.25, tuned(ClassificationGoal.ACCURACY, "0101", 0.125, 0.375, 0.625, 0.875));
  }

  @Test
  void oneClassOnly() {
    assertEquals(0.05, tuned(ClassificationGoal.ACCURACY, "111", 0.1, 0.2, 0.3));
    assertEquals(0.05, tuned(ClassificationGoal.F1, "111", 0.1, 0.2, 0.3));
    assertEquals(0.9, tuned(ClassificationGoal.ACCURACY, "000", 0.6, 0.7, 0.8), 1e-15);
    assertEquals(0.5, tuned(ClassificationGoal.F1, "000", 0.6, 0.7, 0.8));
  }

  @Test
  void probabilitiesOfZeroAndOne() {
    assertEquals(0, tuned(ClassificationGoal.ACCURACY, "110", 0, 0, 0));
    assertEquals(0.5, tuned(ClassificationGoal.ACCURACY, "01", 0, 1));
    // No threshold is above 1, so the pair stays positive.
    assertEquals(0.5, tuned(ClassificationGoal.ACCURACY, "0", 1));
  }

  @Test
  void neighboursWithNothingBetween() {
    double low = 0.75;
    double high = Math.nextUp(low);
    assertEquals(high, tuned(ClassificationGoal.ACCURACY, "01", low, high));
  }

  @Test
  void noThresholdIsBetter() {
    Random random = new Random(5);
    for (int round = 0; round < 200; round++) {
      int size = 1 + random.nextInt(12);
      // Few different values, so that there are ties.
      double[] probabilities = random.doubles(size).map(p -> Math.round(p * 8) / 8.).toArray();
      String gold =
          IntStream.range(0, size)
              .mapToObj(i -> random.nextInt(3) == 0 ? "1" : "0")
              .reduce("", String::concat);
      for (ClassificationGoal goal : ClassificationGoal.values()) {
        double chosen = score(goal, gold, probabilities, tuned(goal, gold, probabilities));
        double best =
            DoubleStream.concat(
                    DoubleStream.of(0.5), IntStream.rangeClosed(0, 16).mapToDouble(i -> i / 16.))
                .map(threshold -> score(goal, gold, probabilities, threshold))
                .max()
                .orElseThrow();
        assertEquals(best, chosen, gold + " " + Arrays.toString(probabilities));
      }
    }
  }

  @Test
  void orderOfExamplesDoesNotMatter() {
    List<Integer> order = new ArrayList<>(List.of(0, 1, 2, 3, 4));
    double[] probabilities = {0.6, 0.6, 0.7, 0.8, 0.9};
    String gold = "01011";
    double expected = tuned(ClassificationGoal.F1, gold, probabilities);
    for (int round = 0; round < 20; round++) {
      Collections.shuffle(order, new Random(round));
      String shuffled =
          order.stream().map(i -> gold.substring(i, i + 1)).reduce("", String::concat);
      double[] moved = order.stream().mapToDouble(i -> probabilities[i]).toArray();
      assertEquals(expected, tuned(ClassificationGoal.F1, shuffled, moved));
    }
  }

  private static double score(
      ClassificationGoal goal, String gold, double[] probabilities, double threshold) {
    long[] counts = new long[4];
    for (int i = 0; i < probabilities.length; i++) {
      boolean there = gold.charAt(i) == '1';
      boolean predicted = probabilities[i] >= threshold;
      counts[predicted ? (there ? 0 : 1) : (there ? 2 : 3)]++;
    }
    return goal.of(new BinaryCounts(counts[0], counts[1], counts[2], counts[3]));
  }

  private static double tuned(ClassificationGoal goal, String gold, double... probabilities) {
    List<LabelledText> examples = new ArrayList<>();
    List<Classification> predictions = new ArrayList<>();
    for (int i = 0; i < probabilities.length; i++) {
      double probability = probabilities[i];
      examples.add(
          new LabelledText(
              new Location("memory", i + 1),
              Map.of(),
              "",
              Optional.of(""),
              OptionalInt.of(gold.charAt(i) - '0')));
      predictions.add(
          new Classification(
              LABELS, probability >= 0.5 ? 1 : 0, List.of(1 - probability, probability)));
    }
    Map<String, Object> options = new ThresholdTuner(goal).tune(examples, predictions);
    double threshold = (Double) options.get("threshold");
    assertTrue(threshold >= 0 && threshold <= 1);
    return threshold;
  }
}
