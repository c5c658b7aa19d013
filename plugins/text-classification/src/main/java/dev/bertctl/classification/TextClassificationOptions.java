// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.classification;

import dev.bertctl.spi.Doc;
import dev.bertctl.spi.Essential;
import dev.bertctl.spi.packing.Truncation;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/** Options of the task {@code text-classification}. */
public interface TextClassificationOptions {

  /** The labels in the order of the logits. */
  @Doc(
      "The labels, in the order of the logits, of two the positive one second; data may name them or give their index. Found in the training data if left out: in alphabetical order, numbers by their size.")
  Optional<List<String>> labels();

  /** Whether there are two texts. */
  @Doc(
      "Whether a row has two texts; told by the training data's columns if left out, and saved with the model.")
  Optional<Boolean> textPair();

  /** Whether a text may have several labels. */
  @Essential
  @Doc(
      "Whether a text may have any number of labels: a list, a text with label-separator between them, or a column of 0 and 1 for each of 'labels'.")
  @WithDefault("false")
  boolean multiLabel();

  /** What stands between labels. */
  @Doc("What stands between the labels of a text where they are not a list (multi-label).")
  @WithDefault(",")
  String labelSeparator();

  /** Where lines of text have their labels. */
  @Doc(
      "Where the lines of a file of text (data.format: text) have their labels: at their beginning, as trec-coarse (DESC of DESC:manner), trec-fine or fasttext (__label__good), or in the name of the file's folder.")
  Optional<LineLabels> lineLabels();

  /** The value by which epochs and thresholds are compared. */
  @Doc(
      "What counts most, by which the best model is chosen: accuracy, macro-f1, weighted-f1, of two labels f1 or matthews-correlation; with multi-label micro-f1, macro-f1, weighted-f1, samples-f1 or subset-accuracy. If left out, accuracy or micro-f1.")
  Optional<Goal> goal();

  /** The probabilities from which labels are predicted. */
  @Doc(
      "The probability from which a label is predicted, from 0 to 1, saved with the model: of two labels the positive one's; with multi-label one for all labels, or one for each.")
  @WithDefault("0.5")
  List<Double> threshold();

  /** Whether thresholds are chosen on the validation set. */
  @Doc(
      "Whether the threshold is chosen at each evaluation, as the one that is best on the validation data: of two labels by goal, with multi-label for each label by its F1.")
  @WithDefault("false")
  boolean tuneThreshold();

  /** Which text is cut when a pair is too long. */
  @Doc("Which text is cut when a pair is too long: longest-first, only-first, only-second, ratio.")
  @WithDefault("longest-first")
  Truncation truncation();
}
