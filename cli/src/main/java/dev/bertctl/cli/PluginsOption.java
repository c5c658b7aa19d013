// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.application.InstalledTasks;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code --plugins}: what every command has that knows tasks. */
@Command
final class PluginsOption {

  private final InstalledTasks tasks;

  PluginsOption(InstalledTasks tasks) {
    this.tasks = tasks;
  }

  @Option(
      names = "--plugins",
      paramLabel = "DIR",
      description = "Folder of installed plugins, instead of the user's own.")
  void folder(Optional<Path> directory) {
    directory.ifPresent(tasks::lookIn);
  }
}
