// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * What a head may read of the encoder. Gradients are taken to here: behind it the encoder's own
 * backward goes on.
 *
 * @param hiddenStates the embeddings, then the hidden states after each layer, float32 [N,T,H] each
 * @param attentions attention probabilities of each layer, float32 [N,A,T,T] each
 * @param pooled the pooler's output [N,H], where the head needs it
 * @param wordEmbeddings [V,H], where the head needs them
 */
record Encoded(
    List<Operand<TFloat32>> hiddenStates,
    List<Operand<TFloat32>> attentions,
    Optional<Operand<TFloat32>> pooled,
    Optional<Operand<TFloat32>> wordEmbeddings) {

  /** The last hidden states, [N,T,H]. */
  Operand<TFloat32> sequence() {
    return hiddenStates.get(hiddenStates.size() - 1);
  }
}
