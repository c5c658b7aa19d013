// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.head;

import java.util.List;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Sequence classification as in the BERT paper (section 4.1): the pooler's output, dropout, one
 * dense layer, softmax cross-entropy. Saved as {@code classifier.weight} and {@code
 * classifier.bias}. Logits (0, ln 3) and target 1 give the loss -ln 0.75 = 0.2877.
 *
 * @param labels the labels in the order of the logits
 */
public record ClassifierHead(List<String> labels) implements Head {

  /**
   * Copies the labels.
   *
   * @param labels the labels in the order of the logits
   */
  public ClassifierHead {
    labels = List.copyOf(labels);
  }

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
    return List.of(TargetSpec.label(labels.size()));
  }

  @Override
  public HeadOutput build(HeadGraph graph) {
    Operand<TFloat32> logits =
        graph.dense("classifier", graph.dropout(graph.pooled()), labels.size()); // [B,L]
    Operand<TFloat32> losses = graph.softmaxCrossEntropy(logits, graph.targets()); // [B]
    return HeadOutput.logits(Layout.PER_FEATURE, logits)
        .trainedOn(losses, graph.hasTarget(graph.targets()));
  }
}
