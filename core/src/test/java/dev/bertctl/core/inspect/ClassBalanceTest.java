// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.bertctl.spi.head.MultiLabelHead;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Sequence;
import dev.bertctl.spi.packing.Target;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClassBalanceTest {

  @Test
  void weightsAreThoseOfScikitLearn() {
    // compute_class_weight("balanced", classes=[0, 1], y=[0] * 30 + [1] * 10) = [0.6667, 2]
    Map<String, Double> weights = balance(30, 10).balancedWeights();

    assertEquals(2.0 / 3, weights.get("a"), 1e-12);
    assertEquals(2, weights.get("b"), 1e-12);
  }

  @Test
  void aLabelThatNeverOccursChangesNoOthersWeight() {
    assertEquals(Map.of("a", 2.0 / 3, "b", 2.0, "c", 1.0), balance(30, 10, 0).balancedWeights());
  }

  @Test
  void balancedLabelsNeedNoNotice() {
    assertEquals(List.of(), balance(94, 6).notices());
    assertEquals(List.of(), new ClassBalance(Map.of()).notices());
    assertEquals(List.of(), balance(0, 0).notices());
  }

  @Test
  void whatNeverOccursIsNamed() {
    assertEquals(
        List.of("never in the training data: 'b', 'd'; the model cannot learn what does not occur"),
        balance(5, 0, 5, 0).notices());
  }

  @Test
  void aSingleLabelIsNamed() {
    assertEquals(
        List.of(
            "the only label in the training data is 'b', of 'a', 'b'; there is nothing to tell"
                + " apart"),
        balance(0, 7).notices());
  }

  @Test
  void aDominantLabelIsNamed() {
    assertEquals(
        List.of(
            "'a' is the label of 95.0 % of the training data; who always says it is right as"
                + " often"),
        balance(19, 1).notices());
    assertEquals(2, balance(99, 1, 0).notices().size());
  }

  @Test
  void labelsThatDoNotExcludeEachOtherAreSharesOfTheExamples() {
    Sequence tokens = new Sequence(new int[] {2, 3}, new int[] {0, 0}, List.of(), List.of());
    LabelCounter counter = new LabelCounter(new MultiLabelHead(List.of("joy", "fear", "awe")));
    for (float[] applies : new float[][] {{1, 1, 0}, {1, 0, 0}, {0, 0, 0}, {1, 0, 0}}) {
      counter.add(Feature.of(tokens, Target.of(applies)));
    }

    ClassBalance balance = counter.balance();

    assertEquals(Map.of("joy", 0.75, "fear", 0.25, "awe", 0.0), balance.shares());
    assertFalse(balance.exclusive());
    assertEquals(
        List.of("never in the training data: 'awe'; the model cannot learn what does not occur"),
        balance.notices());
  }

  private static ClassBalance balance(long... counts) {
    Map<String, Long> byLabel = new LinkedHashMap<>();
    for (int i = 0; i < counts.length; i++) {
      byLabel.put(String.valueOf((char) ('a' + i)), counts[i]);
    }
    return new ClassBalance(byLabel);
  }
}
