// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import dev.bertctl.spi.head.Layout;

/**
 * What exported models for question answering give in place of one output: as transformers has it,
 * the first and the last tokens' logits apart, [B,T] each.
 */
public final class SpanOutputs {

  /** Logits of first tokens. */
  public static final String START = "start_logits";

  /** Logits of last tokens. */
  public static final String END = "end_logits";

  private static final String ARCHITECTURE = "BertForQuestionAnswering";

  private SpanOutputs() {}

  /**
   * Whether an output is both, [B,T,2].
   *
   * @param architecture transformers' class
   * @param columns size of its last axis; -1 if that is not known
   */
  public static boolean are(String architecture, Layout layout, long columns) {
    return architecture.equals(ARCHITECTURE) && layout == Layout.PER_TOKEN && columns == 2;
  }
}
