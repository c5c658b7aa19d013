// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.core.data.SplitCounts;
import dev.bertctl.runtime.packing.TruncationSummary;
import dev.bertctl.spi.data.Location;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a split holds.
 *
 * @param name what the user calls it
 * @param file where it was read
 * @param counts rows, examples, and what was left out
 * @param features features made of the examples: more than examples where there are windows
 * @param labelShares the share of each label, from 0 to 1; empty where there are no labels
 * @param truncation what was cut
 */
public record SplitSummary(
    String name,
    Location file,
    SplitCounts counts,
    long features,
    Map<String, Double> labelShares,
    TruncationSummary truncation) {

  /** Copies the map, keeping its order. */
  public SplitSummary {
    labelShares = Collections.unmodifiableMap(new LinkedHashMap<>(labelShares));
  }
}
