// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.onnx;

import dev.bertctl.runtime.graph.HeadDefinition;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The encoder's outputs in an ONNX graph.
 *
 * @param states [N,T,H] each, of those that are read
 * @param attentions [N,A,T,T] each, of those that are read
 * @param first the last hidden states of the first tokens alone, [N,H], where no others are read
 */
record EncoderValues(
    Map<Integer, String> states, Map<Integer, String> attentions, Optional<String> first) {

  /** The values of what a head reads of the encoder, by output of the head's graph. */
  Map<String, String> known(HeadDefinition head, HeadReads reads) {
    Map<String, String> known = new HashMap<>();
    head.inputs()
        .forEach(
            (node, input) -> {
              if (input instanceof HeadDefinition.HiddenState state
                  && states.containsKey(state.index())) {
                known.put(node + ":0", states.get(state.index()));
              } else if (input instanceof HeadDefinition.Attention attention
                  && attentions.containsKey(attention.layer())) {
                known.put(node + ":0", attentions.get(attention.layer()));
              }
            });
    first.ifPresent(rows -> reads.firstTokens().forEach(output -> known.put(output, rows)));
    return known;
  }
}
