// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.qa;

/**
 * A span that might be the answer.
 *
 * @param span its place in the passage
 * @param startLogit the logit of its first token as a start
 * @param endLogit the logit of its last token as an end
 */
record ScoredSpan(Span span, float startLogit, float endLogit) {

  /** The sum of both logits. */
  double score() {
    return (double) startLogit + endLogit;
  }
}
