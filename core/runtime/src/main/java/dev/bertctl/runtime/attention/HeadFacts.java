// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.attention;

import dev.bertctl.runtime.attention.AttentionToken.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * What is said of a head in a few numbers, for one input. Shares are means over the tokens that
 * attend: of tokens that give 0.2, 0.4 and 0.6 to {@code [SEP]} the share is 0.4.
 *
 * @param layer from 0
 * @param head from 0
 * @param entropy mean entropy of the tokens' weights in bits: 0 where each gives all to one, log2 T
 *     where each gives alike to all T
 * @param cls share to {@code [CLS]}
 * @param sep share to all {@code [SEP]} together
 * @param self share to the token itself
 * @param previous share to the token before, over all but the first; 0 if there is one token only
 * @param next share to the token behind, over all but the last; 0 if there is one token only
 * @param firstToSecond share of the first text's tokens to those of the second, special tokens on
 *     neither side; empty if one of the texts has none
 * @param secondToFirst the same the other way
 * @param links the strongest between different tokens of the texts, strongest first
 */
public record HeadFacts(
    int layer,
    int head,
    double entropy,
    double cls,
    double sep,
    double self,
    double previous,
    double next,
    OptionalDouble firstToSecond,
    OptionalDouble secondToFirst,
    List<Link> links) {

  /** How many links are kept. */
  public static final int LINKS = 5;

  private static final double LN2 = Math.log(2);

  /** Copies the list. */
  public HeadFacts {
    links = List.copyOf(links);
  }

  /** Those of all heads, layer by layer. */
  public static List<HeadFacts> of(Attentions attentions) {
    return IntStream.range(0, attentions.layers().size())
        .boxed()
        .flatMap(
            layer ->
                IntStream.range(0, attentions.heads())
                    .mapToObj(head -> of(attentions, layer, head)))
        .toList();
  }

  /** Those of a head. */
  public static HeadFacts of(Attentions attentions, int layer, int head) {
    Weights weights = new Weights(attentions, layer, head);
    List<AttentionToken> tokens = attentions.tokens();
    int last = tokens.size() - 1;
    return new HeadFacts(
        layer,
        head,
        IntStream.rangeClosed(0, last).mapToDouble(weights::entropy).average().orElse(0),
        weights.share(from -> true, to -> tokens.get(to).kind() == Kind.CLS).orElse(0),
        weights.share(from -> true, to -> tokens.get(to).kind() == Kind.SEP).orElse(0),
        weights.shareAt(0),
        weights.shareAt(-1),
        weights.shareAt(1),
        weights.share(from -> isOf(tokens.get(from), 0), to -> isOf(tokens.get(to), 1)),
        weights.share(from -> isOf(tokens.get(from), 1), to -> isOf(tokens.get(to), 0)),
        weights.links());
  }

  private static boolean isOf(AttentionToken token, int segment) {
    return !token.isSpecial() && token.segment() == segment;
  }

  /**
   * The weights of a head.
   *
   * @param all those of all heads
   */
  private record Weights(Attentions all, int layer, int head) {

    int tokens() {
      return all.tokens().size();
    }

    float at(int from, int to) {
      return all.weight(layer, head, from, to);
    }

    double entropy(int from) {
      double sum = 0;
      for (int to = 0; to < tokens(); to++) {
        double weight = at(from, to);
        sum -= weight > 0 ? weight * Math.log(weight) / LN2 : 0;
      }
      return sum;
    }

    /** Mean over some tokens of what they give to some; empty if either are none. */
    OptionalDouble share(IntPredicate from, IntPredicate to) {
      int[] rows = IntStream.range(0, tokens()).filter(from).toArray();
      int[] columns = IntStream.range(0, tokens()).filter(to).toArray();
      if (rows.length == 0 || columns.length == 0) {
        return OptionalDouble.empty();
      }
      double sum = 0;
      for (int row : rows) {
        for (int column : columns) {
          sum += at(row, column);
        }
      }
      return OptionalDouble.of(sum / rows.length);
    }

    /** Mean share to the token so many behind. */
    double shareAt(int distance) {
      return IntStream.range(Math.max(0, -distance), tokens() - Math.max(0, distance))
          .mapToDouble(from -> at(from, from + distance))
          .average()
          .orElse(0);
    }

    List<Link> links() {
      List<Link> strongest = new ArrayList<>();
      Comparator<Link> strongestFirst = Comparator.comparing(Link::weight).reversed();
      for (int from = 0; from < tokens(); from++) {
        for (int to = 0; to < tokens(); to++) {
          boolean isFull = strongest.size() == LINKS;
          if (from == to
              || all.tokens().get(from).isSpecial()
              || all.tokens().get(to).isSpecial()
              || isFull && at(from, to) <= strongest.get(LINKS - 1).weight()) {
            continue;
          }
          if (isFull) {
            strongest.remove(LINKS - 1);
          }
          strongest.add(new Link(from, to, at(from, to)));
          strongest.sort(strongestFirst);
        }
      }
      return strongest;
    }
  }
}
