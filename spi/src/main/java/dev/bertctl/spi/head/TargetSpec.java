// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.head;

import dev.bertctl.spi.packing.Target;

/**
 * A target that a head trains towards: its name, its form, and how many values there are to choose
 * from.
 *
 * <p>{@code TargetSpec.label(3)} is the only target of a classifier with three labels, {@code
 * TargetSpec.label(2).named("next-sentence")} one of two targets.
 *
 * @param name the name under which features carry it
 * @param form its shape, and what its values mean
 * @param size L: the number of labels or of numbers; 0 where the form says it
 */
public record TargetSpec(String name, Form form, int size) {

  /**
   * Checks the size.
   *
   * @param name the name under which features carry it
   * @param form its shape
   * @param size the number of labels or of numbers
   */
  public TargetSpec {
    boolean counted = form == Form.LABEL || form == Form.LABEL_PER_TOKEN || form == Form.NUMBERS;
    if (counted != size > 0) {
      throw new IllegalArgumentException(
          counted
              ? "a target of the form %s needs the number of its values; make it with label, labelPerToken or numbers"
                  .formatted(form)
              : "a target of the form %s has no number of values of its own; make it with of"
                  .formatted(form));
    }
  }

  /**
   * {@return one label a feature}
   *
   * @param labels L
   */
  public static TargetSpec label(int labels) {
    return new TargetSpec(Target.MAIN, Form.LABEL, labels);
  }

  /**
   * {@return one label a token}
   *
   * @param labels L
   */
  public static TargetSpec labelPerToken(int labels) {
    return new TargetSpec(Target.MAIN, Form.LABEL_PER_TOKEN, labels);
  }

  /**
   * {@return as many real numbers a feature}
   *
   * @param count L
   */
  public static TargetSpec numbers(int count) {
    return new TargetSpec(Target.MAIN, Form.NUMBERS, count);
  }

  /**
   * {@return a target whose form says how many values there are: {@link Form#CHOICE}, {@link
   * Form#SPAN}, {@link Form#NUMBER}, {@link Form#TOKEN_PER_POSITION}, {@link Form#TOKEN_PER_TOKEN}}
   *
   * @param form its form
   */
  public static TargetSpec of(Form form) {
    return new TargetSpec(Target.MAIN, form, 0);
  }

  /**
   * {@return this target under another name; a head with several needs one for each}
   *
   * @param another its name
   */
  public TargetSpec named(String another) {
    return new TargetSpec(another, form, size);
  }

  /**
   * The forms of targets.
   *
   * <p>For a batch of 2 features of 5 tokens with 3 and 1 positions, and 3 labels, they are int32
   * [2] (label, choice), [2,5] (per token), [2,2] (span), [4] (per position), float32 [2] (number)
   * or [2,3] (numbers).
   */
  public enum Form {
    /** One label index a feature, from 0 to L - 1: int32 [B]. */
    LABEL,
    /** The index of one of the feature's choices, from 0 to C - 1: int32 [B]. */
    CHOICE,
    /** One label index a token, {@link Target#IGNORED} where none: int32 [B,T]. */
    LABEL_PER_TOKEN,
    /** First and last token of a span, from 0 to T - 1: int32 [B,2]. */
    SPAN,
    /** One real number a feature: float32 [B]. */
    NUMBER,
    /**
     * L real numbers a feature, such as for each label 1 if it applies and 0 if not, where several
     * may: float32 [B,L].
     */
    NUMBERS,
    /**
     * The vocabulary's id of a token for each of the feature's positions, {@link Target#IGNORED}
     * where none: int32 [M], as in {@link Layout#PER_POSITION}.
     */
    TOKEN_PER_POSITION,
    /** The vocabulary's id of a token for each token, {@link Target#IGNORED} where none: [B,T]. */
    TOKEN_PER_TOKEN;

    /** {@return whether the targets are real numbers, and not integers} */
    public boolean isReal() {
      return this == NUMBER || this == NUMBERS;
    }
  }
}
