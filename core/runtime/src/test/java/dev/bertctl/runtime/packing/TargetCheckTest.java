// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.packing;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.head.TargetSpec;
import dev.bertctl.spi.head.TargetSpec.Form;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Target;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TargetCheckTest {

  private static final Sample EXAMPLE = Sample.of(2, "");
  private static final TargetSpec LABEL = TargetSpec.label(3);
  private static final TargetSpec TOKENS = TargetSpec.of(Form.TOKEN_PER_POSITION).named("tokens");

  @Test
  void labels() {
    assertFits(LABEL, Target.of(2), 3);
    assertFits(LABEL, Target.of(Target.IGNORED), 3);
    assertProblem("2 target values instead of 1", LABEL, Target.of(1, 2), 3);
    assertProblem("the target 3, which is not between 0 and 2", LABEL, Target.of(3), 3);
    assertProblem("the target -1, which is not between 0 and 2", LABEL, Target.of(-1), 3);
    assertProblem("real numbers as a target of the form LABEL", LABEL, Target.of(1f), 3);
  }

  @Test
  void labelsOfTokens() {
    assertFits(TargetSpec.labelPerToken(3), Target.of(Target.IGNORED, 2, 0), 3);
    assertProblem("2 target values instead of 3", TargetSpec.labelPerToken(3), Target.of(1, 2), 3);
    assertProblem(
        "the target 3, which is not between 0 and 2",
        TargetSpec.labelPerToken(3),
        Target.of(1, 3, 0),
        3);
  }

  @Test
  void choicesAreAsManyAsTheFeatureHas() {
    TargetSpec choice = TargetSpec.of(Form.CHOICE);
    assertFits(choice, Target.of(1), 3, 3);
    assertProblem("the target 2, which is not between 0 and 1", choice, Target.of(2), 3, 3);
  }

  @Test
  void spans() {
    TargetSpec span = TargetSpec.of(Form.SPAN);
    assertFits(span, Target.of(0, 2), 3);
    assertProblem("the target 3, which is not between 0 and 2", span, Target.of(0, 3), 3);
    assertProblem("1 target values instead of 2", span, Target.of(0), 3);
  }

  @Test
  void numbers() {
    TargetSpec number = TargetSpec.of(Form.NUMBER);
    assertFits(number, Target.of(-0.5f), 3);
    assertProblem("a target that is not one finite number", number, Target.of(Float.NaN), 3);
    assertProblem("a target that is not one finite number", number, Target.of(1), 3);
    assertProblem("a target that is not one finite number", number, Target.of(1f, 2f), 3);
    assertFits(TargetSpec.numbers(3), Target.of(1f, 0f, 0f), 3);
    assertProblem(
        "a target that is not 3 finite numbers", TargetSpec.numbers(3), Target.of(1f, 0f), 3);
  }

  @Test
  void tokens() {
    Feature two = Sample.feature(Target.NONE, 4).at(1, 3);
    assertEquals(Optional.empty(), TargetCheck.problem(two, TOKENS));
    assertEquals(
        Optional.empty(), TargetCheck.problem(two.with("tokens", Target.of(9, 8)), TOKENS));
    assertEquals(
        Optional.of("1 target values instead of 2"),
        TargetCheck.problem(two.with("tokens", Target.of(9)), TOKENS));
    assertEquals(
        Optional.of("real numbers as a target of the form TOKEN_PER_POSITION"),
        TargetCheck.problem(two.with("tokens", Target.of(9f, 8f)), TOKENS));
    TargetSpec perToken = TargetSpec.of(Form.TOKEN_PER_TOKEN);
    assertFits(perToken, Target.of(9, 8, Target.IGNORED), 3);
    assertProblem("2 target values instead of 3", perToken, Target.of(9, 8), 3);
  }

  @Test
  void everyTargetIsRequired() {
    Feature feature = Sample.feature(Target.of(1), 4).at(1).with("tokens", Target.of(9));
    assertDoesNotThrow(() -> TargetCheck.require(EXAMPLE, feature, List.of(LABEL, TOKENS)));
    assertDoesNotThrow(
        () -> TargetCheck.require(EXAMPLE, Sample.feature(Target.NONE, 4), List.of()));
    Feature one = Sample.feature(Target.of(1), 4);
    assertEquals(
        "train.csv:2: has no gold label; training and evaluation need one",
        assertThrows(
                DataException.class,
                () -> TargetCheck.require(EXAMPLE, one, List.of(LABEL, TOKENS)))
            .getMessage());
  }

  @Test
  void targetsThatDoNotFitAreThePluginsFault() {
    Feature wrong = Sample.feature(Target.of(3), 4);
    assertDefect(
        "train.csv:2: the task packed the target 3, which is not between 0 and 2, which its head cannot use",
        wrong,
        List.of(LABEL));
  }

  @Test
  void positionsAreThoseOfTheSequence() {
    assertDefect(
        "train.csv:2: the task packed the position 4 of a sequence of 4 tokens",
        Sample.feature(Target.NONE, 4).at(3, 4),
        List.of());
    assertDefect(
        "train.csv:2: the task packed the position -1 of a sequence of 4 tokens",
        Sample.feature(Target.NONE, 4).at(-1),
        List.of());
  }

  private static void assertDefect(String message, Feature feature, List<TargetSpec> specs) {
    assertEquals(
        message,
        assertThrows(
                IllegalStateException.class, () -> TargetCheck.require(EXAMPLE, feature, specs))
            .getMessage());
  }

  private static void assertFits(TargetSpec spec, Target target, int... lengths) {
    assertEquals(Optional.empty(), TargetCheck.problem(Sample.feature(target, lengths), spec));
  }

  private static void assertProblem(
      String problem, TargetSpec spec, Target target, int... lengths) {
    assertEquals(Optional.of(problem), TargetCheck.problem(Sample.feature(target, lengths), spec));
  }
}
