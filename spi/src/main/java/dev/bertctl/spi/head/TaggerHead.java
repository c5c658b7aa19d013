// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.head;

import dev.bertctl.spi.OptionException;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Token classification as in the BERT paper (section 5.3): dropout and one dense layer on each
 * token's hidden state, softmax cross-entropy over the tokens that have a target. Saved as {@code
 * classifier.weight} and {@code classifier.bias}.
 *
 * <p>Two tokens with logits (0, ln 3), target 1 for the first and none for the second, give losses
 * (0.2877, 0) with weights (1, 0).
 *
 * @param labels the labels in the order of the logits
 */
public record TaggerHead(List<String> labels) implements Head {

  /**
   * Copies the labels.
   *
   * @param labels the labels in the order of the logits
   */
  public TaggerHead {
    labels = List.copyOf(labels);
  }

  @Override
  public String architecture() {
    return "BertForTokenClassification";
  }

  @Override
  public List<TargetSpec> targets() {
    if (labels.isEmpty()) {
      // Found in the training data, or kept with a saved model; of another model nobody knows them.
      throw new OptionException(
          "labels", "must be given for this model, in the order of its logits");
    }
    return List.of(TargetSpec.labelPerToken(labels.size()));
  }

  @Override
  public HeadOutput build(HeadGraph graph) {
    Ops tf = graph.tf();
    Operand<TFloat32> tokens = graph.dropout(graph.tokens()); // [B·T,H]
    Operand<TFloat32> logits = graph.dense("classifier", tokens, labels.size()); // [B·T,L]
    Operand<TInt32> targets = tf.reshape(graph.targets(), tf.constant(new int[] {-1})); // [B·T]
    return HeadOutput.logits(Layout.PER_TOKEN, graph.perToken(logits, labels.size())) // [B,T,L]
        .trainedOn(graph.softmaxCrossEntropy(logits, targets), graph.hasTarget(targets));
  }
}
