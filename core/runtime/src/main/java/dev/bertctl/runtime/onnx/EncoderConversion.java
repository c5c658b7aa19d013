// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.onnx;

import dev.bertctl.runtime.encoder.BertParameters;
import dev.bertctl.runtime.onnx.EncoderOperators.AttentionValues;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** BERT's encoder, written in some operators; what no one reads is not computed. */
final class EncoderConversion {

  private final EncoderOperators operators;
  private final EncoderReads reads;
  private final Map<Integer, String> states = new HashMap<>();
  private final Map<Integer, String> attentions = new HashMap<>();

  EncoderConversion(EncoderOperators operators, EncoderReads reads) {
    this.operators = operators;
    this.reads = reads;
  }

  /**
   * Adds embeddings and layers.
   *
   * @param ids [N,T]
   * @param segments [N,T]
   */
  EncoderValues convert(String ids, String segments, int layers) {
    String x = operators.embeddings(ids, segments);
    keep(0, x);
    for (int i = 0; i < layers; i++) {
      boolean first = reads.firstTokenOnly() && i == layers - 1;
      x = layer(i, x, first);
      if (first) {
        return new EncoderValues(states, attentions, Optional.of(operators.firstRows(x)));
      }
      keep(i + 1, x);
    }
    return new EncoderValues(states, attentions, Optional.empty());
  }

  private void keep(int index, String x) {
    if (reads.states().contains(index)) {
      states.put(index, operators.perSequence(x));
    }
  }

  private String layer(int index, String x, boolean first) {
    String name = BertParameters.layer(index);
    String self = name + ".attention.self.";
    String residual = first ? operators.firstTokens(x) : x;
    String query = operators.dense(self + "query", residual);
    String key = operators.dense(self + "key", x);
    String value = operators.dense(self + "value", x);
    String context;
    if (reads.attentions().contains(index)) {
      AttentionValues both = operators.attentionWithProbabilities(query, key, value);
      attentions.put(index, both.probabilities());
      context = both.states();
    } else {
      context = operators.attention(query, key, value, first);
    }
    String attended =
        operators.addAndNormalize(
            name + ".attention.output.LayerNorm",
            operators.dense(name + ".attention.output.dense", context),
            residual);
    String inner = operators.activation(operators.dense(name + ".intermediate.dense", attended));
    return operators.addAndNormalize(
        name + ".output.LayerNorm", operators.dense(name + ".output.dense", inner), attended);
  }
}
