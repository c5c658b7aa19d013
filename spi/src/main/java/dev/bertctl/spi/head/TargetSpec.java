// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.head;

/** The form of the targets that a head trains towards. */
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
