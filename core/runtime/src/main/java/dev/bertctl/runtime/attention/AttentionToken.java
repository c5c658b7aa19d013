// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.attention;

/**
 * A token that attends and is attended to.
 *
 * @param text as the vocabulary has it, such as {@code ##ing}
 * @param segment 0 for the first text, 1 for the second
 * @param kind whether it is of a text
 */
public record AttentionToken(String text, int segment, Kind kind) {

  /** What tokens stand for. */
  public enum Kind {
    /** A word piece of a text; {@code [UNK]} and {@code [MASK]} are such. */
    TEXT,
    /** The first token of a sequence. */
    CLS,
    /** The token behind each text. */
    SEP
  }

  /** Whether the model's input has it and the texts have not. */
  public boolean isSpecial() {
    return kind != Kind.TEXT;
  }
}
