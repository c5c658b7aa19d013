// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.head;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Unstack;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Extractive question answering as in the BERT paper (section 4.2): one dense layer gives each
 * token a start logit and an end logit; softmax cross-entropy over the tokens of the sequence, the
 * mean of start and end. Padding takes no part in the softmax. A target of {@link
 * dev.bertctl.spi.packing.Target#IGNORED} is left out of the loss. Saved as {@code
 * qa_outputs.weight} and {@code qa_outputs.bias}.
 *
 * <p>Start logits (0, ln 3) of two tokens, and 5 of a third that is padding, give a start of 1 the
 * loss -ln 0.75 = 0.2877; an end that is left out has loss 0 and weight 0.
 */
public record SpanHead() implements Head {

  @Override
  public String architecture() {
    return "BertForQuestionAnswering";
  }

  @Override
  public List<TargetSpec> targets() {
    return List.of(TargetSpec.of(TargetSpec.Form.SPAN));
  }

  @Override
  public HeadOutput build(HeadGraph graph) {
    Ops tf = graph.tf();
    Operand<TFloat32> logits =
        graph.perToken(graph.dense("qa_outputs", graph.tokens(), 2), 2); // [B,T,2]
    Operand<TInt32> mask = graph.attentionMask(); // [B,T]
    List<? extends Operand<TFloat32>> ends =
        tf.unstack(logits, 2L, Unstack.axis(2L)).output(); // [B,T] each
    List<? extends Operand<TInt32>> targets =
        tf.unstack(graph.targets(), 2L, Unstack.axis(1L)).output(); // [B] each
    Operand<TFloat32> losses =
        tf.concat(
            List.of(
                graph.softmaxCrossEntropy(graph.maskPadding(ends.get(0), mask), targets.get(0)),
                graph.softmaxCrossEntropy(graph.maskPadding(ends.get(1), mask), targets.get(1))),
            tf.constant(0)); // [2B]
    Operand<TFloat32> weights =
        graph.hasTarget(tf.concat(List.copyOf(targets), tf.constant(0))); // [2B]
    return HeadOutput.logits(Layout.PER_TOKEN, logits).trainedOn(losses, weights);
  }
}
