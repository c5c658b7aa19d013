// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.memory;

/**
 * What is computed at once: a batch, or a part of it where gradients are accumulated.
 *
 * @param sequences N
 * @param tokens T, padding included
 * @param vocabularyRows positions whose scores over the vocabulary are computed, as of masked
 *     words; 0 of a head that has no such output
 */
public record BatchShape(int sequences, int tokens, int vocabularyRows) {

  /** R. */
  long rows() {
    return (long) sequences * tokens;
  }

  @Override
  public String toString() {
    return sequences + " x " + tokens;
  }
}
