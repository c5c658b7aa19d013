// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.core.data.SplitCounts;
import dev.bertctl.core.inspect.ClassBalance;
import dev.bertctl.core.inspect.Lengths;
import dev.bertctl.runtime.packing.TruncationSummary;
import dev.bertctl.spi.data.Location;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a split holds.
 *
 * @param name what the user calls it
 * @param file where it was read
 * @param counts rows, examples, and what was left out
 * @param features features made of the examples: more than examples where there are windows
 * @param labels how often each label occurs; empty where there are none
 * @param truncation what was cut
 * @param lengths how long the sequences are, and would be if nothing were cut
 */
public record SplitSummary(
    String name,
    Location file,
    SplitCounts counts,
    long features,
    ClassBalance labels,
    TruncationSummary truncation,
    Lengths lengths) {

  /** What was read and what was lost of it, as plain values. */
  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("file", file.file());
    fields.putAll(counts.fields());
    fields.put("features", features);
    Map<String, Object> cut = new LinkedHashMap<>();
    cut.put("examples_cut", truncation.examplesCut());
    cut.put("tokens_lost", truncation.tokensLost());
    cut.put("longest", truncation.longest());
    cut.put("longest_uncut", truncation.longestUncut());
    fields.put("truncation", cut);
    return fields;
  }
}
