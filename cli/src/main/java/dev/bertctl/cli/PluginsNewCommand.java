// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.application.InstalledTasks;
import dev.bertctl.host.plugins.NewPlugin;
import dev.bertctl.host.plugins.NewPlugin.Project;
import dev.bertctl.host.plugins.ProjectTemplate;
import dev.bertctl.runtime.UserException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bertctl plugins new TASK}. */
@Command(
    name = "new",
    description = {
      "Writes a Maven project with a task plugin that builds, passes its contract test and runs.",
      "",
      "Four edits, which are marked in it, make it a task of your own."
    },
    footer = {
      "  bertctl plugins new sentiment --head classifier",
      "  bertctl plugins new chemical-names --head tagger --package com.example.text --dir plugin"
    })
final class PluginsNewCommand implements Runnable {

  private final InstalledTasks installed;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "TASK",
      description = "The task's name: lower-case letters, digits and dashes.")
  private String task;

  @Option(
      names = "--head",
      required = true,
      paramLabel = "HEAD",
      description = "What the task predicts with: ${COMPLETION-CANDIDATES}.")
  private ProjectTemplate head;

  @Option(
      names = "--package",
      paramLabel = "PACKAGE",
      defaultValue = "org.example",
      description =
          "Maven group of the project, and the package that its own is in; ${DEFAULT-VALUE} by"
              + " default.")
  private String group;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "The project's folder; by default one with the task's name.")
  private Optional<Path> directory = Optional.empty();

  @Mixin private CommonOptions common;

  PluginsNewCommand(InstalledTasks installed) {
    this.installed = installed;
  }

  @Override
  public void run() {
    if (installed.builtIn().tasks().stream().anyMatch(builtIn -> builtIn.name().equals(task))) {
      throw new UserException(
          "'%s' is the name of a built-in task; choose another".formatted(task));
    }
    Project project =
        new NewPlugin(task, head, group, Application.folder())
            .write(directory.orElseGet(() -> Path.of(task)));
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        "%s is a plugin project: `mvn verify` builds and tests it, README.md says more"
            .formatted(project.folder()));
    out.println("four edits make it a task of your own:");
    project.edits().forEach(edit -> out.println("  " + edit));
  }
}
