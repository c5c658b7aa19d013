// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.head;

import java.util.List;
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
  public boolean usesPooler() {
    return true;
  }

  @Override
  public TargetSpec target() {
    return TargetSpec.LABEL;
  }

  @Override
  public HeadOutput build(HeadGraph graph) {
    Operand<TFloat32> logits =
        graph.dense("classifier", graph.dropout(graph.pooled()), labels.size()); // [B,L]
    Operand<TFloat32> losses = graph.softmaxCrossEntropy(logits, graph.targets()); // [B]
    return new HeadOutput(logits, losses, graph.hasTarget(graph.targets()));
  }
}
