// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.head;

import java.util.List;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A real number for each input: the pooler's output, dropout, one dense layer with a single output,
 * squared error. Saved as {@code classifier.weight} and {@code classifier.bias}. The number 1.5
 * where 1 is right gives the loss 0.25.
 */
public record RegressionHead() implements Head {

  @Override
  public String architecture() {
    return "BertForSequenceClassification";
  }

  @Override
  public Set<EncoderNeed> needs() {
    return Set.of(EncoderNeed.POOLED_OUTPUT);
  }

  @Override
  public List<TargetSpec> targets() {
    return List.of(TargetSpec.of(TargetSpec.Form.NUMBER));
  }

  @Override
  public HeadOutput build(HeadGraph graph) {
    Ops tf = graph.tf();
    Operand<TFloat32> logits = graph.dense("classifier", graph.dropout(graph.pooled()), 1); // [B,1]
    Operand<TFloat32> numbers = tf.reshape(logits, tf.constant(new int[] {-1})); // [B]
    Operand<TFloat32> losses = graph.squaredError(numbers, graph.numbers()); // [B]
    return HeadOutput.logits(Layout.PER_FEATURE, logits).trainedOn(losses, tf.onesLike(losses));
  }
}
