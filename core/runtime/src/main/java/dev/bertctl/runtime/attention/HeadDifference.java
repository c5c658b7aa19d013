// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.attention;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How far the same head of two models attends to other tokens, for one input.
 *
 * @param layer from 0
 * @param head from 0
 * @param distance the total variation distance of a token's weights in the two models, half the sum
 *     of their absolute differences, as the mean over all tokens: 0 where they are equal, 1 where
 *     no token attends to anything that it attends to in the other. Of (0.5, 0.5) and (1, 0) it is
 *     0.5
 */
public record HeadDifference(int layer, int head, double distance) {

  /**
   * The differences of all heads, the largest first.
   *
   * @throws IllegalArgumentException saying what differs, if tokens, layers or heads do
   */
  public static List<HeadDifference> between(Attentions a, Attentions b) {
    requireComparable(a, b);
    List<HeadDifference> differences = new ArrayList<>();
    for (int layer = 0; layer < a.layers().size(); layer++) {
      for (int head = 0; head < a.heads(); head++) {
        differences.add(new HeadDifference(layer, head, meanDistance(a, b, layer, head)));
      }
    }
    differences.sort(Comparator.comparingDouble(HeadDifference::distance).reversed());
    return differences;
  }

  private static double meanDistance(Attentions a, Attentions b, int layer, int head) {
    int tokens = a.tokens().size();
    double sum = 0;
    for (int from = 0; from < tokens; from++) {
      for (int to = 0; to < tokens; to++) {
        sum += Math.abs(a.weight(layer, head, from, to) - b.weight(layer, head, from, to));
      }
    }
    return sum / 2 / tokens;
  }

  private static void requireComparable(Attentions a, Attentions b) {
    requireEqual("layers", a.layers().size(), b.layers().size());
    requireEqual("heads in a layer", a.heads(), b.heads());
    requireEqual("tokens", a.tokens().size(), b.tokens().size());
    for (int i = 0; i < a.tokens().size(); i++) {
      if (!a.tokens().get(i).equals(b.tokens().get(i))) {
        throw new IllegalArgumentException(
            "token %d is '%s' and '%s'"
                .formatted(i + 1, a.tokens().get(i).text(), b.tokens().get(i).text()));
      }
    }
  }

  private static void requireEqual(String what, int a, int b) {
    if (a != b) {
      throw new IllegalArgumentException("%d and %d %s".formatted(a, b, what));
    }
  }
}
