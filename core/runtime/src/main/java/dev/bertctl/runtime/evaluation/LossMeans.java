// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.evaluation;

import dev.bertctl.runtime.inference.LossSum;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The means of a head's losses over a split: two losses of 0.5 and 0.2 with factors of 1 are 0.7 in
 * all.
 *
 * @param total the sum that is trained on: of each mean times its factor
 * @param means by the losses' names
 */
public record LossMeans(double total, Map<String, Double> means) {

  /** Copies the map, keeping its order. */
  public LossMeans {
    means = Collections.unmodifiableMap(new LinkedHashMap<>(means));
  }

  static LossMeans of(Map<String, LossSum> sums) {
    Map<String, Double> means = new LinkedHashMap<>();
    double total = 0;
    for (Map.Entry<String, LossSum> loss : sums.entrySet()) {
      means.put(loss.getKey(), loss.getValue().mean());
      total += loss.getValue().mean() * loss.getValue().factor();
    }
    return new LossMeans(total, means);
  }
}
