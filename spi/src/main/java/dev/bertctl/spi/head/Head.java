// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.head;

import java.util.List;

/**
 * Logits and loss on top of the encoder; the only part of a task that mentions TensorFlow.
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
   * {@return the labels in the order of the logits; empty where the head has none (spans, choices,
   * numbers)}
   */
  List<String> labels();

  /**
   * {@return whether the head reads {@link HeadGraph#pooled()}; a model saved without a pooler has
   * none}
   */
  boolean usesPooler();

  /** {@return the form of the targets} */
  TargetSpec target();

  /**
   * Builds the head.
   *
   * @param graph the encoder's output, the targets, and layers
   * @return logits, losses and their weights
   */
  HeadOutput build(HeadGraph graph);
}
