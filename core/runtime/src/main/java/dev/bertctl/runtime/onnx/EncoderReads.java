// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.onnx;

import java.util.HashSet;
import java.util.Set;

/**
 * What a head reads of the encoder.
 *
 * @param states indices of hidden states, 0 for the embeddings
 * @param attentions indices of layers whose attention probabilities it reads
 * @param firstTokenOnly whether it reads of the last hidden states those of the first token alone:
 *     the last layer then computes no others
 */
record EncoderReads(Set<Integer> states, Set<Integer> attentions, boolean firstTokenOnly) {

  EncoderReads {
    states = Set.copyOf(states);
    attentions = Set.copyOf(attentions);
  }

  /** These, and all of the last hidden states. */
  EncoderReads withLast(int layers) {
    Set<Integer> all = new HashSet<>(states);
    all.add(layers);
    return new EncoderReads(all, attentions, false);
  }
}
