// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.runtime.options.ConfigException;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.TaskPlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks with better defaults for settings of every run. */
class DefaultSettingsTest {

  @TempDir Path folder;

  @Test
  void theTasksDefaultsReplaceTheGeneralOnes() throws IOException {
    TaskConfig<?> config = load("model: m\n", Map.of("max-length", "384"));
    assertEquals(384, config.settings().maxLength());
    assertEquals("384", config.values().get("max-length"));
    assertEquals(3, config.settings().train().epochs());
  }

  @Test
  void whateverTheUserSetsIsStronger() throws IOException {
    Map<String, String> defaults = Map.of("max-length", "384", "train.epochs", "2");
    TaskConfig<?> config = load("model: m\nmax-length: 64\ntrain: {seed: 7}\n", defaults);
    assertEquals(64, config.settings().maxLength());
    assertEquals(2, config.settings().train().epochs());
    assertEquals(7, config.settings().train().seed());
  }

  @Test
  void aDefaultForWhatIsNoSettingNamesTheTask() {
    ConfigException e =
        assertThrows(ConfigException.class, () -> load("model: m\n", Map.of("max-lenght", "384")));
    assertEquals(
        "the defaults of task 'long': unknown key 'max-lenght'; did you mean 'max-length'?",
        e.getMessage());
  }

  @Test
  void theReferenceNamesThem() {
    String text = ConfigurationReference.markdown(List.of(new Long(Map.of("max-length", "384"))));
    assertTrue(
        text.contains("Defaults of this task for other settings: `max-length: 384`.\n"), text);
  }

  private TaskConfig<?> load(String yaml, Map<String, String> defaults) throws IOException {
    Path file = folder.resolve("app.yaml");
    Files.writeString(file, yaml);
    return AppConfig.load(file, new Long(defaults), List.of());
  }

  /** No options. */
  interface None {}

  private record Long(Map<String, String> defaultSettings) implements TaskPlugin<None> {

    @Override
    public String name() {
      return "long";
    }

    @Override
    public String summary() {
      return "Needs long sequences.";
    }

    @Override
    public Class<None> optionsType() {
      return None.class;
    }

    @Override
    public Task<?, ?> create(None options) {
      throw new AssertionError("not reached");
    }
  }
}
