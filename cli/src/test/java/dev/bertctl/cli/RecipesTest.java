// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.core.config.AppConfig;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.spi.TaskPlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configurations of the documentation are such as bertctl takes. */
class RecipesTest {

  private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

  /** An indented listing that begins with a model. */
  private static final Pattern LISTING = Pattern.compile("(?m)^    model:.*\n(?:    .*\n)+");

  private static final Pattern SECTION = Pattern.compile("(?m)^  ([a-z-]+):$");

  /** Their configurations are in docs/language-models.md. */
  private static final String WITHOUT_LABELS = "dev.bertctl.language.";

  @TempDir Path folder;

  @Test
  void everyRecipeIsForAllTasksWithLabels() throws IOException {
    Set<String> tasks = new TreeSet<>();
    for (TaskPlugin<?> plugin : plugins()) {
      if (!plugin.getClass().getName().startsWith(WITHOUT_LABELS)) {
        tasks.add(plugin.name());
      }
    }
    List<String> recipes =
        YAML.matcher(Files.readString(Path.of("../docs/recipes.md")))
            .results()
            .map((MatchResult match) -> match.group(1))
            .toList();
    assertEquals(2, recipes.size());
    for (String recipe : recipes) {
      assertEquals(tasks, bind(recipe));
    }
  }

  @Test
  void configurationsOfLanguageModelsBind() throws IOException {
    List<String> listings =
        LISTING
            .matcher(Files.readString(Path.of("../docs/language-models.md")))
            .results()
            .map(match -> match.group().replaceAll("(?m)^    ", ""))
            .toList();
    assertEquals(3, listings.size(), listings::toString);
    assertEquals(Set.of("masked-lm"), bind(listings.get(0)));
    assertEquals(Set.of("pretrain"), bind(listings.get(1)));
    assertEquals(Set.of("pretrain"), bind(listings.get(2)));
  }

  @Test
  void examplesBind() throws IOException {
    for (String example : List.of("app.yaml", "nli/app.yaml", "language-model/app.yaml")) {
      assertFalse(bind(Path.of("../examples", example)).isEmpty(), example);
    }
  }

  private Set<String> bind(String configuration) throws IOException {
    return bind(Files.writeString(folder.resolve("app.yaml"), configuration));
  }

  /** Binds each section to its task. */
  private static Set<String> bind(Path file) throws IOException {
    Set<String> sections =
        SECTION
            .matcher(Files.readString(file))
            .results()
            .map(match -> match.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> bound = new TreeSet<>();
    for (TaskPlugin<?> plugin : plugins()) {
      if (sections.contains(plugin.name())) {
        TaskConfig<?> config = AppConfig.load(file, plugin, List.of());
        assertTrue(config.settings().data().train().isPresent(), plugin.name());
        assertTrue(config.settings().data().validation().isPresent(), plugin.name());
        bound.add(plugin.name());
      }
    }
    assertEquals(sections, bound);
    return bound;
  }

  private static List<TaskPlugin<?>> plugins() {
    List<TaskPlugin<?>> plugins = new ArrayList<>();
    ServiceLoader.load(TaskPlugin.class).forEach(plugins::add);
    return plugins;
  }
}
