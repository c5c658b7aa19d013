// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.core.config.AppConfig;
import dev.bertctl.core.config.Assignment;
import dev.bertctl.core.config.SearchConfig;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.runtime.registry.TaskRegistry;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code TASK --config FILE}: what commands have that follow a task's configuration. */
@Command
final class ConfiguredTask {

  @Parameters(
      paramLabel = "TASK",
      completionCandidates = TaskNames.class,
      description = "Name of the task: ${COMPLETION-CANDIDATES}.")
  private String name;

  @Option(
      names = {"-c", "--config"},
      required = true,
      paramLabel = "FILE",
      description = "The configuration, app.yaml.")
  private Path file;

  @Mixin private SettingsOption settings;

  /**
   * The configuration.
   *
   * @param others settings given by options of their own
   */
  TaskConfig<?> load(TaskRegistry registry, List<Assignment> others) {
    return AppConfig.load(file, registry.get(name).plugin(), settings.assignments(others));
  }

  /**
   * The configuration with its section {@code search}.
   *
   * @param others settings given by options of their own
   */
  SearchConfig<?> loadSearch(TaskRegistry registry, List<Assignment> others) {
    return SearchConfig.load(file, registry.get(name).plugin(), settings.assignments(others));
  }
}
