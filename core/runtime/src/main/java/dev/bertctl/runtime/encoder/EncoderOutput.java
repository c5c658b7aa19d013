// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.encoder;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * What the encoder computes of a batch.
 *
 * @param hiddenStates the embeddings, then the hidden states after each layer, float32 [N,T,H] each
 * @param attentions the attention probabilities of each layer before dropout, float32 [N,A,T,T]
 *     each
 */
public record EncoderOutput(
    List<Operand<TFloat32>> hiddenStates, List<Operand<TFloat32>> attentions) {

  /** Copies the lists. */
  public EncoderOutput {
    hiddenStates = List.copyOf(hiddenStates);
    attentions = List.copyOf(attentions);
  }
}
