// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.core.config.AppConfig;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.spi.TaskPlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configurations of docs/recipes.md are such as bertctl takes, for each built-in task. */
class RecipesTest {

  private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

  @TempDir Path folder;

  @Test
  void everyConfigurationBindsForEveryTask() throws IOException {
    List<String> configurations =
        YAML.matcher(Files.readString(Path.of("../docs/recipes.md")))
            .results()
            .map((MatchResult match) -> match.group(1))
            .toList();
    assertEquals(2, configurations.size());
    for (String configuration : configurations) {
      Path file = Files.writeString(folder.resolve("app.yaml"), configuration);
      for (TaskPlugin<?> plugin : ServiceLoader.load(TaskPlugin.class)) {
        TaskConfig<?> config = AppConfig.load(file, plugin, List.of());
        assertTrue(config.settings().data().train().isPresent(), plugin.name());
        assertTrue(config.settings().data().validation().isPresent(), plugin.name());
      }
    }
  }
}
