// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.ner;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;

/** Options of tests, bound as the host binds them. */
final class Options {

  /** The tags of most tests. */
  static final String LABELS = "O,B-LOC,B-PER,I-LOC,I-PER";

  private Options() {}

  /** The defaults, without labels, and some options set: names and values in turn. */
  static NerOptions of(String... namesAndValues) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      values.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return new SmallRyeConfigBuilder()
        .withMapping(NerOptions.class, "")
        .withSources(new PropertiesConfigSource(values, "test", 100))
        .build()
        .getConfigMapping(NerOptions.class, "");
  }
}
