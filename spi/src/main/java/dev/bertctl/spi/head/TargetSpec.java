// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.head;

/**
 * The form of the targets that a head trains towards.
 *
 * <p>For a batch of 2 features of 5 tokens, and 3 labels, the targets are int32 [2], int32 [2,5],
 * int32 [2,2], float32 [2] or float32 [2,3].
 */
public enum TargetSpec {
  /** One label index a feature: [B]. */
  LABEL,
  /** One label index a token, {@link dev.bertctl.spi.packing.Target#IGNORED} where none: [B,T]. */
  LABEL_PER_TOKEN,
  /** First and last token of a span: [B,2]. */
  SPAN,
  /** One real number a feature: [B]. */
  NUMBER,
  /**
   * One real number a label, such as 1 for labels that apply and 0 for others where several may:
   * [B,L].
   */
  NUMBER_PER_LABEL;

  /** {@return whether the targets are real numbers, and not whole ones} */
  public boolean isReal() {
    return this == NUMBER || this == NUMBER_PER_LABEL;
  }
}
