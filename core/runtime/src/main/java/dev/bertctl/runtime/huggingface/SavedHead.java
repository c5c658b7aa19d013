// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.huggingface;

import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.head.ProblemType;
import java.util.List;
import java.util.Optional;

/**
 * What config.json says of the head.
 *
 * @param architecture transformers' class, such as {@code BertForSequenceClassification}
 * @param labels the names of the logits in their order; empty where they have none
 * @param problem what the logits mean where they are no classes of which one is right
 */
public record SavedHead(String architecture, List<String> labels, Optional<ProblemType> problem) {

  /** Copies the labels. */
  public SavedHead {
    labels = List.copyOf(labels);
  }

  /** That of a task. */
  public static SavedHead of(Head head) {
    return new SavedHead(head.architecture(), head.labels(), head.problemType());
  }

  /** One without labels, or none at all ({@code BertModel}). */
  public static SavedHead unlabelled(String architecture) {
    return new SavedHead(architecture, List.of(), Optional.empty());
  }
}
