// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.runtime.tensorflow.TensorFlowEngine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/** What a run was made with. */
final class Versions {

  /** Maven puts it into the jar; classes that are run from a folder have none. */
  private static final String OWN = "/META-INF/maven/dev.bertctl/bertctl-core/pom.properties";

  private Versions() {}

  /** Versions by name. */
  static Map<String, String> used() {
    Map<String, String> versions = new LinkedHashMap<>();
    try (InputStream own = Versions.class.getResourceAsStream(OWN)) {
      if (own != null) {
        Properties properties = new Properties();
        properties.load(own);
        versions.put("bertctl", properties.getProperty("version"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    versions.put("TensorFlow", TensorFlowEngine.load());
    versions.put("Java", Runtime.version().toString());
    return versions;
  }
}
