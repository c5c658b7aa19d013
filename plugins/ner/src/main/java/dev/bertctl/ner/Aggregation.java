// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.ner;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * How a word's probabilities are made of those of its pieces, as in Hugging Face's
 * token-classification pipeline.
 */
public enum Aggregation {
  /** Those of its first piece. */
  FIRST,
  /** Their average: (0.9, 0.1) and (0.4, 0.6) give (0.65, 0.35). */
  AVERAGE,
  /** Those of the piece with the highest probability of all. */
  MAX;

  /**
   * A word's probabilities.
   *
   * @param pieces one or more pieces, each with L probabilities
   * @return L probabilities
   */
  List<Double> of(List<List<Double>> pieces) {
    return switch (this) {
      case FIRST -> pieces.get(0);
      case AVERAGE -> average(pieces);
      case MAX -> pieces.stream().max(Comparator.comparing(Collections::max)).orElseThrow();
    };
  }

  private static List<Double> average(List<List<Double>> pieces) {
    List<Double> average = new ArrayList<>();
    for (int label = 0; label < pieces.get(0).size(); label++) {
      int column = label;
      average.add(pieces.stream().mapToDouble(piece -> piece.get(column)).average().orElseThrow());
    }
    return average;
  }
}
