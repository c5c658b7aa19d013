// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.inspect;

import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Sequence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How long sequences are in tokens, special tokens included, and would be if nothing were cut. */
public final class Lengths {

  private static final List<Integer> PERCENTILES = List.of(50, 90, 95, 99);

  private final TreeMap<Integer, Long> counts = new TreeMap<>();
  private long sequences;
  private long cut;

  void add(Feature feature) {
    for (Sequence sequence : feature.sequences()) {
      int lost = sequence.cut().stream().mapToInt(Integer::intValue).sum();
      counts.merge(sequence.length() + lost, 1L, Long::sum);
      sequences++;
      cut += lost > 0 ? 1 : 0;
    }
  }

  /** The share of sequences that lose at least one token, from 0 to 1. */
  double shareCut() {
    return sequences == 0 ? 0 : (double) cut / sequences;
  }

  /**
   * The length that this many of a hundred sequences do not exceed (nearest rank).
   *
   * @throws IllegalStateException if there are no sequences
   */
  int percentile(int percent) {
    long rank = Math.max(1, (sequences * percent + 99) / 100);
    long seen = 0;
    for (Map.Entry<Integer, Long> entry : counts.entrySet()) {
      seen += entry.getValue();
      if (seen >= rank) {
        return entry.getKey();
      }
    }
    throw new IllegalStateException("no sequences");
  }

  /** As plain values: p50, p90, p95, p99, max and cut_share; empty without sequences. */
  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    if (sequences > 0) {
      PERCENTILES.forEach(percent -> fields.put("p" + percent, percentile(percent)));
      fields.put("max", counts.lastKey());
      fields.put("cut_share", shareCut());
    }
    return fields;
  }
}
