// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.inspect;

import dev.bertctl.core.data.SplitCounts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a split holds.
 *
 * @param name what the user calls it
 * @param file where it was read
 * @param counts rows, examples, and what was left out
 * @param labels how often each label occurs; empty where there are none
 * @param lengths percentiles of the sequences' lengths in tokens before cutting, and the share that
 *     is cut, by name; empty where there are no sequences
 * @param findings duplicates, overlaps, contradicting labels, broken texts
 */
public record SplitReport(
    String name,
    String file,
    SplitCounts counts,
    ClassBalance labels,
    Map<String, Object> lengths,
    List<Finding> findings) {

  /** As plain values, by the names that the report has them under. */
  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("file", file);
    fields.putAll(counts.fields());
    Map<String, Object> byLabel = new LinkedHashMap<>();
    labels
        .shares()
        .forEach(
            (label, share) ->
                byLabel.put(label, Map.of("count", labels.counts().get(label), "share", share)));
    fields.put("labels", byLabel);
    fields.put("lengths", lengths);
    fields.put("findings", findings.stream().map(Finding::fields).toList());
    return fields;
  }
}
