// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.classification;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;

/** Options of tests, bound as the host binds them. */
final class Options {

  private Options() {}

  /** The defaults with some options set: names and values in turn. */
  static <O> O of(Class<O> type, String... namesAndValues) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      values.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return new SmallRyeConfigBuilder()
        .withMapping(type, "")
        .withSources(new PropertiesConfigSource(values, "test", 100))
        .build()
        .getConfigMapping(type, "");
  }
}
