// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import dev.bertctl.spi.head.EncoderNeed;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.head.HeadGraph;
import dev.bertctl.spi.head.HeadOutput;
import dev.bertctl.spi.head.TargetSpec;
import java.util.List;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Masked language modelling as in the BERT paper (section 3.1): the token at each masked position,
 * softmax cross-entropy over the vocabulary. Logits (0, ln 3) and target 1 give the loss -ln 0.75 =
 * 0.2877.
 */
final class MaskedLmHead implements Head {

  static final String LOSS = "masked_lm";

  @Override
  public String architecture() {
    return "BertForMaskedLM";
  }

  @Override
  public Set<EncoderNeed> needs() {
    return Set.of(EncoderNeed.WORD_EMBEDDINGS);
  }

  @Override
  public List<TargetSpec> targets() {
    return List.of(target());
  }

  static TargetSpec target() {
    return TargetSpec.of(TargetSpec.Form.TOKEN_PER_POSITION).named(Masking.TARGET);
  }

  @Override
  public HeadOutput build(HeadGraph graph) {
    Operand<TFloat32> logits = TokenLogits.of(graph, graph.atPositions()); // [M,V]
    Operand<TInt32> targets = graph.targets(Masking.TARGET); // [M]
    return TopTokens.of(graph, logits, 1)
        .trainedOn(LOSS, graph.softmaxCrossEntropy(logits, targets), graph.hasTarget(targets), 1);
  }
}
