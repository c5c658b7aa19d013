// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.explain;

import java.util.Arrays;
import java.util.stream.Collectors;

/** How scores of words are computed. */
public enum ExplanationMethod {
  /**
   * The gradient along the straight line from the baseline's embeddings to the sequence's, times
   * their difference (Sundararajan et al., 2017). The scores of all tokens sum up to the difference
   * of the two logits, but for the error of the numeric integration.
   */
  INTEGRATED_GRADIENTS("integrated-gradients"),

  /** The gradient at the sequence's embeddings, times these (Shrikumar et al., 2016). */
  GRADIENT_X_INPUT("gradient-x-input"),

  /**
   * How much attention flows from each token to that which the head reads, through all layers
   * (Abnar and Zuidema, 2020). It is the same whatever is explained, and is no explanation.
   */
  ATTENTION_ROLLOUT("attention-rollout"),

  /** What the logit loses when a word is masked. */
  LEAVE_ONE_OUT("leave-one-out");

  private final String name;

  ExplanationMethod(String name) {
    this.name = name;
  }

  /**
   * Reads a name.
   *
   * @throws IllegalArgumentException naming what is possible
   */
  public static ExplanationMethod of(String text) {
    for (ExplanationMethod method : values()) {
      if (method.name.equals(text)) {
        return method;
      }
    }
    throw new IllegalArgumentException(
        "must be one of %s, not '%s'"
            .formatted(
                Arrays.stream(values()).map(Object::toString).collect(Collectors.joining(", ")),
                text));
  }

  @Override
  public String toString() {
    return name;
  }
}
