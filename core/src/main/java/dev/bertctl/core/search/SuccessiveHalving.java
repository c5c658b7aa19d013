// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.search;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How long trials are trained (Jamieson and Talwalkar, "Non-stochastic Best Arm Identification and
 * Hyperparameter Optimization", 2016): all of them for few epochs, the best third of them for three
 * times as many, and so on, up to the full number. A trial begins anew on each rung: a schedule of
 * the learning rate that ends after one epoch is not the beginning of one that ends after three.
 */
public final class SuccessiveHalving {

  /** The share that goes on is one in so many, and trains so many times as long. */
  static final int FACTOR = 3;

  private SuccessiveHalving() {}

  /**
   * Trials that are trained equally long.
   *
   * @param trials how many
   * @param epochs how long
   */
  public record Rung(int trials, int epochs) {

    Map<String, Object> fields() {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("trials", trials);
      fields.put("epochs", epochs);
      return fields;
    }
  }

  /**
   * The rungs, first the one of all trials.
   *
   * @param trials how many configurations there are, at least 1
   * @param epochs of a full training, at least 1
   */
  public static List<Rung> rungs(int trials, int epochs) {
    List<Integer> lengths = new ArrayList<>(List.of(epochs));
    for (int all = trials, length = epochs; all >= FACTOR && length >= FACTOR; ) {
      length /= FACTOR;
      all = (all + FACTOR - 1) / FACTOR;
      lengths.add(length);
    }
    Collections.reverse(lengths);
    List<Rung> rungs = new ArrayList<>();
    int left = trials;
    for (int length : lengths) {
      rungs.add(new Rung(left, length));
      left = (left + FACTOR - 1) / FACTOR;
    }
    return rungs;
  }
}
