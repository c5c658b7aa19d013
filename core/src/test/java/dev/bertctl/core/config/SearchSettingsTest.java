// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.runtime.TinyTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchSettingsTest {

  @TempDir Path folder;

  @Test
  void theSectionIsReadAndNoRunLooksIntoIt() throws IOException {
    Path file =
        write(
            "model: m",
            "search:",
            "  trials: 5",
            "  space:",
            "    - {key: train.learning-rate, from: 1e-5, to: 1e-4, scale: log}",
            "    - {key: train.batch-size, values: [16, 32]}");
    SearchSettings search = SearchSettings.load(file);
    assertEquals(5, search.trials());
    assertEquals(42, search.seed());
    assertEquals(SearchSettings.Scale.LOG, search.space().get(0).scale());
    assertEquals(Optional.of(1e-4), search.space().get(0).to());
    assertEquals(Optional.of(List.of("16", "32")), search.space().get(1).values());
    assertEquals(
        Optional.of("m"),
        AppConfig.load(file, TinyTask.classifier(), List.of()).settings().model());
  }

  @Test
  void whatIsWrongIsToldWithItsLine() throws IOException {
    Path file = write("search:", "  trials: 0", "  space:", "    - {keys: train.epochs}");
    ConfigException e = assertThrows(ConfigException.class, () -> SearchSettings.load(file));
    assertEquals(
        List.of(file + ":2", file + ":4", file + ":4"),
        e.getMessage().lines().map(line -> line.substring(0, line.indexOf(": "))).toList(),
        e.getMessage());
  }

  @Test
  void aTrialsSettingsReplaceThoseOfTheFile() throws IOException {
    TaskConfig<?> config =
        AppConfig.load(write("model: m"), TinyTask.classifier(), List.of())
            .withSettings(Map.of("train.epochs", 7), "trial 1");
    assertEquals(7, config.settings().train().epochs());
    assertEquals(Optional.of("m"), config.settings().model());
    assertEquals(
        "trial 1: train.epochs: too many", config.wrong("train.epochs", "too many").getMessage());
    assertEquals(
        folder.resolve("app.yaml") + ":1: model: none", config.wrong("model", "none").getMessage());
    ConfigException e =
        assertThrows(
            ConfigException.class, () -> config.withSettings(Map.of("train.epochs", 0), "trial 2"));
    assertEquals(
        "trial 2: 'train.epochs' must be an integer of at least 1, not '0'", e.getMessage());
  }

  private Path write(String... lines) throws IOException {
    return Files.write(folder.resolve("app.yaml"), List.of(lines));
  }
}
