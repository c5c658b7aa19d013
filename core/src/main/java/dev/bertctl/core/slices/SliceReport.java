// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.slices;

import dev.bertctl.core.statistics.Interval;
import dev.bertctl.core.statistics.Resampling;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a model is worth on parts of the data.
 *
 * @param primary the metric's most important value
 * @param resampling how the intervals were drawn
 * @param all the figures on all examples
 * @param slices by the primary value, the worst first
 */
public record SliceReport(String primary, Resampling resampling, Slice all, List<Slice> slices) {

  /** Copies the list. */
  public SliceReport {
    slices = List.copyOf(slices);
  }

  /**
   * A part of the data.
   *
   * @param by what it is a slice by
   * @param name which slice of these
   * @param examples how many there are in it
   * @param values the metric's values by name
   */
  public record Slice(String by, String name, int examples, Map<String, Measured> values) {

    /** Copies the map, keeping its order. */
    public Slice {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    Map<String, Object> fields() {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("by", by);
      fields.put("name", name);
      fields.put("examples", examples);
      Map<String, Object> metrics = new LinkedHashMap<>();
      values.forEach((metric, value) -> metrics.put(metric, value.fields()));
      fields.put("metrics", metrics);
      return fields;
    }
  }

  /**
   * A value.
   *
   * @param value on the examples of the slice
   * @param interval where it lies with 95 % confidence
   */
  public record Measured(double value, Interval interval) {

    Map<String, Object> fields() {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("value", value);
      fields.put("interval", interval.fields());
      return fields;
    }
  }

  /** As plain values. */
  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("primary", primary);
    fields.put("resamples", resampling.resamples());
    fields.put("seed", resampling.seed());
    fields.put("all", all.fields());
    fields.put("slices", slices.stream().map(Slice::fields).toList());
    return fields;
  }
}
