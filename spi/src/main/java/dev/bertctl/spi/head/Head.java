// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.head;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What stands on top of the encoder: outputs and losses; the only part of a task that mentions
 * TensorFlow.
 *
 * <p>The layers of {@link ClassifierHead} are built in two lines: {@code logits =
 * graph.dense("classifier", graph.dropout(graph.pooled()), labels.size())} and {@code losses =
 * graph.softmaxCrossEntropy(logits, graph.targets())}.
 *
 * <p>Built by one thread.
 */
public interface Head {

  /**
   * {@return the Hugging Face class that the saved model is for, such as {@code
   * BertForSequenceClassification}; {@code BertModel} where none has such a head, of which
   * transformers then reads the encoder}
   */
  String architecture();

  /**
   * {@return the targets that it trains towards, each of another name; none if it is not trained}
   */
  List<TargetSpec> targets();

  /**
   * {@return the labels, or the names of the numbers, in the order of the logits; none unless
   * overridden, as of heads for spans, choices and one number}
   */
  default List<String> labels() {
    return List.of();
  }

  /**
   * {@return what the logits mean where they are no classes of which one is right; empty unless
   * overridden}
   */
  default Optional<ProblemType> problemType() {
    return Optional.empty();
  }

  /** {@return what it reads of the encoder besides the last hidden states; nothing by default} */
  default Set<EncoderNeed> needs() {
    return Set.of();
  }

  /**
   * Builds the head.
   *
   * @param graph the encoder's output, the targets, and layers
   * @return outputs for the decoder, and losses if it is trained
   */
  HeadOutput build(HeadGraph graph);
}
