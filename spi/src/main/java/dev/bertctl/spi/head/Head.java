// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.head;

import java.util.List;

/** Logits and loss on top of the encoder; the only part of a task that mentions TensorFlow. */
public interface Head {

  /**
   * The Hugging Face class that the saved model is for, such as {@code
   * BertForSequenceClassification}.
   */
  String architecture();

  /**
   * The labels in the order of the logits; empty where the head has none (spans, choices, numbers).
   */
  List<String> labels();

  /** Whether the head reads {@link HeadGraph#pooled()}; a model saved without a pooler has none. */
  boolean usesPooler();

  /** The form of the targets. */
  TargetSpec target();

  /** Builds the head. */
  HeadOutput build(HeadGraph graph);
}
