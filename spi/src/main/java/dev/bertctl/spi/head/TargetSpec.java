// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.head;

/**
 * The form of the targets that a head trains towards.
 *
 * <p>For a batch of 2 features of 5 tokens the targets are int32 [2], int32 [2,5], int32 [2,2] or
 * float32 [2].
 */
public enum TargetSpec {
  /** One label index a feature: [B]. */
  LABEL,
  /** One label index a token, {@link dev.bertctl.spi.packing.Target#IGNORED} where none: [B,T]. */
  LABEL_PER_TOKEN,
  /** First and last token of a span: [B,2]. */
  SPAN,
  /** One real number a feature: [B]. */
  NUMBER
}
