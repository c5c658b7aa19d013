// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.decode;

import dev.bertctl.spi.packing.Vocabulary;
import java.util.List;

/**
 * What the model answered for one example, and what a decoder may know of the model.
 *
 * <p>A classifier decodes with {@code output.logits()}, a task whose examples may have several
 * features (windows) with {@code output.features()}.
 */
public interface ModelOutput {

  /**
   * {@return the example's features, in the order in which they were packed, with their outputs}
   */
  List<FeatureOutput> features();

  /** {@return the model's vocabulary} */
  Vocabulary vocabulary();

  /** {@return the model's architecture} */
  ModelFacts model();

  /**
   * {@return the only feature of an example}
   *
   * @throws IllegalStateException if there are several
   */
  default FeatureOutput feature() {
    if (features().size() != 1) {
      throw new IllegalStateException(
          "an example of %d features; take features()".formatted(features().size()));
    }
    return features().get(0);
  }

  /**
   * {@return the logits of the only feature}
   *
   * @throws IllegalStateException if there are several
   */
  default Matrix logits() {
    return feature().logits();
  }
}
