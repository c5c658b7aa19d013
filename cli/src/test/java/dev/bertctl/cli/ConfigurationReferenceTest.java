// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bertctl.core.config.ConfigurationReference;
import dev.bertctl.spi.TaskPlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** docs/configuration.md says what the option interfaces of the core and all built-in tasks say. */
class ConfigurationReferenceTest {

  private static final Path FILE = Path.of("../docs/configuration.md");

  @Test
  void theReferenceIsUpToDate() throws IOException {
    List<TaskPlugin<?>> plugins = new ArrayList<>();
    ServiceLoader.load(TaskPlugin.class).forEach(plugins::add);
    String reference = ConfigurationReference.markdown(plugins);
    if (Boolean.getBoolean("regenerate")) {
      Files.writeString(FILE, reference);
    }
    assertEquals(
        reference,
        Files.readString(FILE),
        "docs/configuration.md is out of date: ./mvnw test -pl cli -am -Dtest=ConfigurationReferenceTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dregenerate=true");
  }
}
