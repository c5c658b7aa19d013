// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.paraphrase;

import dev.bertctl.spi.Doc;
import dev.bertctl.spi.Essential;
import dev.bertctl.spi.metric.ClassificationGoal;
import dev.bertctl.spi.packing.Truncation;
import io.smallrye.config.WithDefault;
import java.util.List;

/** Options of the task {@code paraphrase}. */
public interface ParaphraseOptions {

  /** The two labels in the order of the logits. */
  @Essential
  @Doc(
      "The two labels, in the order of the logits, the positive one second; data may name them or give their index.")
  @WithDefault("not_equivalent,equivalent")
  List<String> labels();

  /** Which text is cut when a pair is too long. */
  @Doc("Which text is cut when a pair is too long: longest-first, only-first, only-second, ratio.")
  @WithDefault("longest-first")
  Truncation truncation();

  /** The value by which epochs and thresholds are compared. */
  @Essential
  @Doc(
      "What counts most, accuracy, f1, matthews-correlation, macro-f1 or weighted-f1: the best model is chosen by it, and so is the threshold where it is tuned.")
  @WithDefault("accuracy")
  ClassificationGoal goal();

  /** The probability from which a pair is positive. */
  @Doc(
      "The probability of the positive label from which it is predicted, from 0 to 1; saved with the model.")
  @WithDefault("0.5")
  double threshold();

  /** Whether the threshold is chosen on the validation set. */
  @Doc(
      "Whether the threshold is chosen at each evaluation, as the one that is best on the validation data.")
  @WithDefault("false")
  boolean tuneThreshold();
}
