// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.packing;

import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Sequence;
import java.util.List;

/**
 * What truncation took away from a split.
 *
 * @param examples number of examples
 * @param features features of the examples: more where there are windows
 * @param examplesCut examples that lost at least one piece
 * @param tokensLost pieces lost
 * @param tokens tokens of all sequences as packed, special tokens included
 * @param longest longest sequence as packed
 * @param longestUncut how long the longest sequence would be without truncation
 */
public record TruncationSummary(
    int examples,
    int features,
    int examplesCut,
    long tokensLost,
    long tokens,
    int longest,
    int longestUncut) {

  /** Nothing yet. */
  public static final TruncationSummary EMPTY = new TruncationSummary(0, 0, 0, 0, 0, 0, 0);

  /** This and one more example. */
  public TruncationSummary plus(List<Feature> more) {
    long lost = 0;
    long sum = 0;
    int packed = longest;
    int uncut = longestUncut;
    for (Feature feature : more) {
      for (Sequence sequence : feature.sequences()) {
        int cut = sequence.cut().stream().mapToInt(Integer::intValue).sum();
        lost += cut;
        sum += sequence.length();
        packed = Math.max(packed, sequence.length());
        uncut = Math.max(uncut, sequence.length() + cut);
      }
    }
    return new TruncationSummary(
        examples + 1,
        features + more.size(),
        examplesCut + (lost > 0 ? 1 : 0),
        tokensLost + lost,
        tokens + sum,
        packed,
        uncut);
  }

  /** One line for the user. */
  @Override
  public String toString() {
    if (examplesCut == 0) {
      return "nothing cut; the longest sequence has %d tokens".formatted(longest);
    }
    return "%d of %d examples cut, %d tokens lost; the longest sequence would need %d tokens"
        .formatted(examplesCut, examples, tokensLost, longestUncut);
  }
}
