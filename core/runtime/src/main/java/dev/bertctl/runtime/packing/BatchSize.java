// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.packing;

/**
 * How large a batch may be. With at most 512 tokens four sequences of 120 tokens share a batch, or
 * sixteen of 32; padding counts.
 *
 * @param most the most that a batch has, unless a single feature has more
 * @param unit what is counted
 */
public record BatchSize(int most, Unit unit) {

  /** What is counted. */
  public enum Unit {
    /** Sequences, of any length. */
    SEQUENCES,
    /** Tokens, padding included. */
    TOKENS
  }

  /** A number of sequences. */
  public static BatchSize ofSequences(int most) {
    return new BatchSize(most, Unit.SEQUENCES);
  }

  /** A number of tokens, padding included. */
  public static BatchSize ofTokens(int most) {
    return new BatchSize(most, Unit.TOKENS);
  }

  /**
   * How many features a batch has at most.
   *
   * @param sequences of each feature
   * @param tokens of the longest sequence among them
   */
  int features(int sequences, int tokens) {
    long each = unit == Unit.TOKENS ? (long) sequences * Math.max(1, tokens) : sequences;
    return (int) Math.max(1, most / each);
  }

  @Override
  public String toString() {
    return most + (unit == Unit.TOKENS ? " tokens" : " sequences");
  }
}
