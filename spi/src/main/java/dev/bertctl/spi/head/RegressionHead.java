// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.head;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A real number for each input, or several: the pooler's output, dropout, one dense layer, squared
 * error; an example's loss is the mean over its numbers. Saved as {@code classifier.weight} and
 * {@code classifier.bias}. The number 1.5 where 1 is right gives the loss 0.25, the numbers (1.5,
 * 3) where (1, 2) are right (0.25 + 1) / 2 = 0.625.
 *
 * @param labels the names of the numbers in the order of the logits; none of a single number that
 *     has no name
 */
public record RegressionHead(List<String> labels) implements Head {

  /**
   * Copies the names.
   *
   * @param labels the names of the numbers
   */
  public RegressionHead {
    labels = List.copyOf(labels);
  }

  /** A head for one number. */
  public RegressionHead() {
    this(List.of());
  }

  @Override
  public String architecture() {
    return "BertForSequenceClassification";
  }

  @Override
  public Optional<ProblemType> problemType() {
    return Optional.of(ProblemType.REGRESSION);
  }

  @Override
  public Set<EncoderNeed> needs() {
    return Set.of(EncoderNeed.POOLED_OUTPUT);
  }

  @Override
  public List<TargetSpec> targets() {
    return List.of(
        labels.size() > 1
            ? TargetSpec.numbers(labels.size())
            : TargetSpec.of(TargetSpec.Form.NUMBER));
  }

  @Override
  public HeadOutput build(HeadGraph graph) {
    Ops tf = graph.tf();
    int count = Math.max(1, labels.size());
    Operand<TFloat32> logits =
        graph.dense("classifier", graph.dropout(graph.pooled()), count); // [B,L]
    Operand<TFloat32> numbers =
        tf.reshape(graph.numbers(), tf.constant(new int[] {-1, count})); // [B,L]
    Operand<TFloat32> losses =
        tf.math.mean(graph.squaredError(logits, numbers), tf.constant(1)); // [B]
    return HeadOutput.logits(Layout.PER_FEATURE, logits).trainedOn(losses, tf.onesLike(losses));
  }
}
