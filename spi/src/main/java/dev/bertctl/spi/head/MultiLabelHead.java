// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.head;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Classification with any number of labels a text: the pooler's output, dropout, one dense layer,
 * and for each label a sigmoid cross-entropy; an example's loss is the mean over the labels, as of
 * PyTorch's {@code BCEWithLogitsLoss}. Saved as {@code classifier.weight} and {@code
 * classifier.bias}. Logits (ln 3, ln 3) and targets (1, 0) give the loss (0.2877 + 1.3863) / 2 =
 * 0.8370.
 *
 * @param labels the labels in the order of the logits
 */
public record MultiLabelHead(List<String> labels) implements Head {

  /**
   * Copies the labels.
   *
   * @param labels the labels in the order of the logits
   */
  public MultiLabelHead {
    labels = List.copyOf(labels);
  }

  @Override
  public String architecture() {
    return "BertForSequenceClassification";
  }

  @Override
  public Optional<ProblemType> problemType() {
    return Optional.of(ProblemType.MULTI_LABEL_CLASSIFICATION);
  }

  @Override
  public Set<EncoderNeed> needs() {
    return Set.of(EncoderNeed.POOLED_OUTPUT);
  }

  @Override
  public List<TargetSpec> targets() {
    return List.of(TargetSpec.numbers(labels.size()));
  }

  @Override
  public HeadOutput build(HeadGraph graph) {
    Ops tf = graph.tf();
    Operand<TFloat32> logits =
        graph.dense("classifier", graph.dropout(graph.pooled()), labels.size()); // [B,L]
    Operand<TFloat32> losses =
        tf.math.mean(graph.sigmoidCrossEntropy(logits, graph.numbers()), tf.constant(1)); // [B]
    return HeadOutput.logits(Layout.PER_FEATURE, logits).trainedOn(losses, tf.onesLike(losses));
  }
}
