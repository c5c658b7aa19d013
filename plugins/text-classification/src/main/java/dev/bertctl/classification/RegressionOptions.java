// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.classification;

import dev.bertctl.spi.Doc;
import dev.bertctl.spi.Essential;
import dev.bertctl.spi.packing.Truncation;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/** Options of the task {@code regression}. */
public interface RegressionOptions {

  /** The columns of the numbers. */
  @Doc(
      "The columns of the numbers, in the order of the logits, where there are several or the column has a name of its own; if left out, one number in the column score (or rating, stars, label, ...).")
  Optional<List<String>> targets();

  /** Whether there are two texts. */
  @Doc(
      "Whether a row has two texts; told by the training data's columns if left out, and saved with the model.")
  Optional<Boolean> textPair();

  /** The value by which epochs are compared. */
  @Essential
  @Doc(
      "What counts most, by which the best model is chosen: pearson, spearman, mae, rmse or r2; of several numbers its mean.")
  @WithDefault("pearson")
  RegressionGoal goal();

  /** Which text is cut when a pair is too long. */
  @Doc("Which text is cut when a pair is too long: longest-first, only-first, only-second, ratio.")
  @WithDefault("longest-first")
  Truncation truncation();
}
