// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.explain;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What is explained, and how: {@code ExplanationOptions.DEFAULT.withLabel("contradiction")}.
 *
 * @param methods at least one
 * @param steps points at which integrated gradients takes the gradient, from 1 to {@value
 *     #MOST_STEPS}
 * @param label the class, number, tag or choice that is explained; what is predicted if empty
 * @param word the word whose tag is explained; words that have one if empty
 */
public record ExplanationOptions(
    Set<ExplanationMethod> methods, int steps, Optional<String> label, Optional<String> word) {

  /** As many as Captum takes. */
  public static final int STEPS = 50;

  /** More than anyone needs; the points of so many are computed in no time. */
  public static final int MOST_STEPS = 1000;

  /** Values of an example that are explained if no one says which. */
  public static final int MOST_VALUES = 3;

  /** Integrated gradients of what is predicted. */
  public static final ExplanationOptions DEFAULT =
      new ExplanationOptions(
          EnumSet.of(ExplanationMethod.INTEGRATED_GRADIENTS),
          STEPS,
          Optional.empty(),
          Optional.empty());

  /**
   * Copies the methods, in their own order.
   *
   * @throws IllegalArgumentException if there is none, or too few or many steps
   */
  public ExplanationOptions {
    if (methods.isEmpty()) {
      throw new IllegalArgumentException("no method to explain by; give at least one");
    }
    if (steps < 1 || steps > MOST_STEPS) {
      throw new IllegalArgumentException(
          "steps is %d; give from 1 to %d".formatted(steps, MOST_STEPS));
    }
    methods = Collections.unmodifiableSet(EnumSet.copyOf(methods));
  }

  /** These options with other methods. */
  public ExplanationOptions withMethods(Set<ExplanationMethod> others) {
    return new ExplanationOptions(others, steps, label, word);
  }

  /** These options with another number of steps. */
  public ExplanationOptions withSteps(int others) {
    return new ExplanationOptions(methods, others, label, word);
  }

  /** These options for a class, number, tag or choice. */
  public ExplanationOptions withLabel(String name) {
    return new ExplanationOptions(methods, steps, Optional.of(name), word);
  }

  /** These options for the tag of a word. */
  public ExplanationOptions withWord(String text) {
    return new ExplanationOptions(methods, steps, label, Optional.of(text));
  }
}
