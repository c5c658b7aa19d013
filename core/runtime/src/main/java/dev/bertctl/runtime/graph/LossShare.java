// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What parts of a batch add to its losses.
 *
 * @param loss what is trained on
 * @param losses each loss by name
 */
public record LossShare(double loss, Map<String, Double> losses) {

  /** That of no part. */
  public static final LossShare NONE = new LossShare(0, Map.of());

  /** What these and others add together. */
  public LossShare plus(LossShare other) {
    Map<String, Double> sums = new LinkedHashMap<>(losses);
    other.losses.forEach((name, share) -> sums.merge(name, share, Double::sum));
    return new LossShare(loss + other.loss, sums);
  }
}
