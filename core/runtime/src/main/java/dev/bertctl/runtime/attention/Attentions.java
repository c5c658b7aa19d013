// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.attention;

import java.util.List;

/**
 * The attention weights of one input.
 *
 * @param tokens the T tokens, without padding
 * @param heads A, of each layer
 * @param layers for each layer its weights, [A,T,T] row-major: of head {@code h} what token {@code
 *     i} gives to token {@code j} is at {@code (h·T + i)·T + j}. Each row sums up to 1
 */
public record Attentions(List<AttentionToken> tokens, int heads, List<float[]> layers) {

  /**
   * Copies the lists, and not the weights.
   *
   * @throws IllegalArgumentException if a layer has another size than [A,T,T]
   */
  public Attentions {
    tokens = List.copyOf(tokens);
    layers = List.copyOf(layers);
    int size = Math.multiplyExact(heads, tokens.size() * tokens.size());
    for (float[] layer : layers) {
      if (layer.length != size) {
        throw new IllegalArgumentException(
            "a layer has %d weights; %d heads of %d tokens have %d"
                .formatted(layer.length, heads, tokens.size(), size));
      }
    }
  }

  /**
   * A weight, from 0 to 1.
   *
   * @param layer from 0
   * @param head from 0
   * @param from the token that attends
   * @param to the token that is attended to
   */
  public float weight(int layer, int head, int from, int to) {
    return layers.get(layer)[(head * tokens.size() + from) * tokens.size() + to];
  }

  /** Whether there are two texts. */
  public boolean isPair() {
    return tokens.stream().anyMatch(token -> token.segment() == 1);
  }
}
