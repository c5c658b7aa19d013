// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.packing;

/**
 * What a feature is trained towards.
 *
 * <p>{@code Target.of(2)} is the third label, {@code Target.of(3.5f)} a number, {@code
 * Target.of(Target.IGNORED, 1, Target.IGNORED)} a tag for the second of three tokens.
 */
public sealed interface Target {

  /** Name of the target of heads that have but one. */
  String MAIN = "target";

  /** A target value that the loss leaves out. */
  int IGNORED = -100;

  /** No gold label is known. */
  Target NONE = new None();

  /**
   * Integers: a label index, one for each token, or positions.
   *
   * @param values as many as the head's {@link dev.bertctl.spi.head.TargetSpec} says
   * @return the target
   */
  static Target of(int... values) {
    return new Ints(values);
  }

  /**
   * Real numbers, for regression.
   *
   * @param values as many as the head's {@link dev.bertctl.spi.head.TargetSpec} says
   * @return the target
   */
  static Target of(float... values) {
    return new Floats(values);
  }

  /** No gold label is known. */
  record None() implements Target {}

  /**
   * Integers.
   *
   * @param values as many as the head's {@link dev.bertctl.spi.head.TargetSpec} says
   */
  record Ints(int[] values) implements Target {}

  /**
   * Real numbers.
   *
   * @param values as many as the head's {@link dev.bertctl.spi.head.TargetSpec} says
   */
  record Floats(float[] values) implements Target {}
}
