// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize.vocabulary;

/** Ids of two pieces that stand side by side in a word; pairs are ordered by left, then right. */
record Pair(int left, int right) implements Comparable<Pair> {

  @Override
  public int compareTo(Pair other) {
    return left != other.left
        ? Integer.compare(left, other.left)
        : Integer.compare(right, other.right);
  }
}
