// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.core.config.AppConfig;
import dev.bertctl.core.config.ResolvedSetting;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.spi.TaskPlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InitCommandTest {

  @TempDir private Path folder;

  @Test
  void theEssentialSettingsStandThereWithTheirDefaults() {
    InProcess.Outcome outcome = InProcess.run("init", "nli", "-o", "-");

    assertEquals(0, outcome.exitCode(), outcome.err());
    List<String> settings =
        outcome.out().lines().filter(line -> !line.isBlank() && !line.contains("#")).toList();
    assertEquals(
        List.of(
            "max-length: 128",
            "model: minilm-l6",
            "data:",
            "  train: train.jsonl",
            "  validation: validation.jsonl",
            "train:",
            "  batch-size: 32",
            "  epochs: 3",
            "  learning-rate: 5e-5",
            "  seed: 42",
            "tasks:",
            "  nli:",
            "    labels: [entailment, neutral, contradiction]"),
        settings);
    assertTrue(
        outcome
            .out()
            .contains(
                """
                  # Passes over the training data. An integer of at least 1.
                  epochs: 3
                """
                    .indent(0)),
        outcome.out());
  }

  @Test
  void aTasksOwnDefaultsAreEssential() {
    String text = InProcess.run("init", "qa", "-o", "-").out();

    assertTrue(text.contains("\nmax-length: 384\n"), text);
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void theFileLoadsWithTheDefaults(String task) throws IOException {
    for (String[] form : List.of(new String[0], new String[] {"--all"})) {
      Path file = folder.resolve("app.yaml");
      InProcess.Outcome outcome =
          InProcess.run(
              Stream.concat(
                      Stream.of("init", task, "--overwrite", "-o", file.toString()),
                      Stream.of(form))
                  .toArray(String[]::new));
      assertEquals(0, outcome.exitCode(), outcome.err());
      assertEquals(
          "%s written; name your model and data files in it, then `bertctl run %s --config %s`%n"
              .formatted(file, task, file),
          outcome.out());

      TaskConfig<?> config = AppConfig.load(file, BuiltInTasks.plugin(task), List.of());

      requireTask(config);
      assertEquals(
          List.of("data.train", "data.validation", "model"), changed(config), "nothing else");
    }
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void uncommentingEveryLineGivesTheDefaults(String task) throws IOException {
    TaskPlugin<?> plugin = BuiltInTasks.plugin(task);
    String text = InProcess.run("init", task, "--all", "-o", "-").out();
    Path file = folder.resolve("app.yaml");
    Files.writeString(file, text.replaceAll("(?m)^( *)#(?! )", "$1"));

    TaskConfig<?> config = AppConfig.load(file, plugin, List.of());

    requireTask(config);
    assertEquals(List.of("data.train", "data.validation", "model"), changed(config));
    List<String> silent =
        ResolvedSetting.of(config).stream()
            .filter(setting -> setting.origin().isEmpty())
            .map(ResolvedSetting::key)
            .toList();
    assertEquals(List.of(), silent, "every setting that has a value is in the file");
  }

  @Test
  void whatHasNoDefaultIsDescribed() {
    String text = InProcess.run("init", "nli", "--all", "-o", "-").out();

    String words =
        text.lines()
            .map(line -> line.strip().replaceFirst("^# ", ""))
            .collect(Collectors.joining(" "));
    assertTrue(words.contains("train.parameter-groups[].match: Names of the group's"), text);
    assertTrue(words.contains("data.columns.NAME: The files' name"), text);
    assertTrue(words.contains("model.new.layers: Begins a model with random weights"), text);
  }

  @Test
  void aFileIsReplacedOnlyWhereThatIsSaid() throws IOException {
    Path file = Files.writeString(folder.resolve("app.yaml"), "mine");

    InProcess.Outcome refused = InProcess.run("init", "nli", "-o", file.toString());

    assertEquals(1, refused.exitCode());
    assertEquals(
        "bertctl: %s is already there; replace it with --overwrite, or name another file with --output%n"
            .formatted(file),
        refused.err());
    assertEquals("mine", Files.readString(file));
    assertEquals(0, InProcess.run("init", "nli", "--overwrite", "-o", file.toString()).exitCode());
    assertFalse(Files.readString(file).contains("mine"));
  }

  /** Labels that are found in training data are not in a file that names none. */
  private static void requireTask(TaskConfig<?> config) {
    boolean found = config.plugin().name().equals("text-classification");
    (found ? config.with(Map.of("labels", List.of("no", "yes")), "the test") : config).createTask();
  }

  private static List<String> changed(TaskConfig<?> config) {
    return ResolvedSetting.of(config).stream()
        .filter(ResolvedSetting::changed)
        .map(ResolvedSetting::key)
        .toList();
  }

  static Stream<String> tasks() {
    List<TaskPlugin<?>> plugins = new ArrayList<>();
    ServiceLoader.load(TaskPlugin.class).forEach(plugins::add);
    return plugins.stream().map(TaskPlugin::name);
  }
}
