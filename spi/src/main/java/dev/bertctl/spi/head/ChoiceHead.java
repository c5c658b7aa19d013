// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.head;

import java.util.List;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Multiple choice as in the BERT paper (section 4.4): the pooler's output of each choice, dropout,
 * and one dense layer with a single output; softmax cross-entropy over the choices of an example.
 * Choices that are padding never win and have no part in the loss. Saved as {@code
 * classifier.weight} and {@code classifier.bias}.
 *
 * <p>Scores (0, ln 3) of two choices, and 5 of a third that is padding, give target 1 the loss -ln
 * 0.75 = 0.2877.
 */
public record ChoiceHead() implements Head {

  @Override
  public String architecture() {
    return "BertForMultipleChoice";
  }

  @Override
  public Set<EncoderNeed> needs() {
    return Set.of(EncoderNeed.POOLED_OUTPUT);
  }

  @Override
  public List<TargetSpec> targets() {
    return List.of(TargetSpec.of(TargetSpec.Form.CHOICE));
  }

  @Override
  public HeadOutput build(HeadGraph graph) {
    Ops tf = graph.tf();
    Operand<TFloat32> scores = graph.dense("classifier", graph.dropout(graph.pooled()), 1); // [N,1]
    Operand<TInt32> mask = graph.choiceMask(); // [B,C]
    Operand<TFloat32> logits = graph.maskPadding(tf.reshape(scores, tf.shape(mask)), mask); // [B,C]
    Operand<TFloat32> losses = graph.softmaxCrossEntropy(logits, graph.targets()); // [B]
    return HeadOutput.logits(Layout.PER_CHOICE, logits)
        .trainedOn(losses, graph.hasTarget(graph.targets()));
  }
}
