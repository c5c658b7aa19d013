// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.host.plugins;

import java.util.List;
import java.util.Locale;

/** The projects that {@link NewPlugin} can begin with: a working task for each kind of head. */
public enum ProjectTemplate {
  /** A label for a text, all of stock parts. */
  CLASSIFIER("label", "Options", "Plugin"),
  /** Any number of labels for a text. */
  MULTI_LABEL(
      "labels",
      "Example",
      "Labels",
      "Metric",
      "Options",
      "Packing",
      "Plugin",
      "Prediction",
      "Reader"),
  /** A tag for each word. */
  TAGGER("tags", "Example", "Metric", "Options", "Packing", "Plugin", "Prediction", "Reader"),
  /** A part of a passage, in windows. */
  SPAN("answer", "Example", "Metric", "Options", "Packing", "Plugin", "Prediction", "Reader"),
  /** One of several choices. */
  CHOICE("label", "Example", "Metric", "Options", "Packing", "Plugin", "Prediction", "Reader"),
  /** A number for a text. */
  REGRESSION(
      "number",
      "Example",
      "Metric",
      "Number",
      "Options",
      "Packing",
      "Plugin",
      "Prediction",
      "Reader"),
  /** A label for a text, by a head with layers and loss of its own. */
  CUSTOM("label", "Head", "Options", "Plugin");

  private final String goldColumn;
  private final List<String> sources;

  /**
   * A template.
   *
   * @param goldColumn the samples' column of gold values
   * @param sources its classes, without the task's name before them
   */
  ProjectTemplate(String goldColumn, String... sources) {
    this.goldColumn = goldColumn;
    this.sources = List.of(sources);
  }

  String goldColumn() {
    return goldColumn;
  }

  List<String> sources() {
    return sources;
  }

  /** As users write it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
