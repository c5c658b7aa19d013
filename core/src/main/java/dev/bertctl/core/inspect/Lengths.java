// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.inspect;

import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** How long sequences are in tokens, special tokens included, and would be if nothing were cut. */
public final class Lengths {

  private static final List<Integer> PERCENTILES = List.of(50, 90, 95, 99);

  /** Widths of bins that people count in. */
  private static final TreeSet<Integer> WIDTHS =
      new TreeSet<>(List.of(1, 2, 5, 10, 20, 50, 100, 200, 500));

  private final TreeMap<Integer, Long> counts = new TreeMap<>();
  private long sequences;
  private long cut;

  /** Counts the sequences of a feature. */
  public void add(Feature feature) {
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

  /**
   * How many sequences are how long, in bins of equal width that begin at multiples of it; those
   * between are there though they are empty.
   *
   * @param most how many bins there are at most
   */
  public List<Bin> histogram(int most) {
    if (counts.isEmpty()) {
      return List.of();
    }
    int width = 1;
    while (counts.lastKey() / width - counts.firstKey() / width >= most) {
      width = WIDTHS.higher(width) == null ? 2 * width : WIDTHS.higher(width);
    }
    List<Bin> bins = new ArrayList<>();
    for (int bin = counts.firstKey() / width; bin <= counts.lastKey() / width; bin++) {
      int from = bin * width;
      long count =
          counts.subMap(from, from + width).values().stream().mapToLong(Long::longValue).sum();
      bins.add(new Bin(from, from + width - 1, count));
    }
    return bins;
  }

  /**
   * Sequences of about the same length.
   *
   * @param from tokens at least
   * @param to tokens at most
   * @param count how many sequences
   */
  public record Bin(int from, int to, long count) {}

  /** As plain values: p50, p90, p95, p99, max and cut_share; empty without sequences. */
  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    if (sequences > 0) {
      PERCENTILES.forEach(percent -> fields.put("p" + percent, percentile(percent)));
      fields.put("max", counts.lastKey());
      fields.put("cut_share", shareCut());
    }
    return fields;
  }
}
