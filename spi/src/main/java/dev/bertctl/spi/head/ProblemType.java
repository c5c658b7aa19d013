// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.head;

import java.util.Locale;

/**
 * What the logits of a {@code BertForSequenceClassification} mean where they are no classes of
 * which one is right; saved as {@code problem_type}, by which transformers chooses the loss.
 *
 * <p>{@link #REGRESSION} is saved as {@code regression}.
 */
public enum ProblemType {
  /** Numbers; squared error. */
  REGRESSION,

  /** Labels that do not exclude each other; sigmoid cross-entropy. */
  MULTI_LABEL_CLASSIFICATION;

  /** The name as transformers writes it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
