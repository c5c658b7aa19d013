// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.core.config.AppConfig;
import dev.bertctl.core.config.Assignment;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.models.ModelStore;
import dev.bertctl.core.runs.RunText;
import dev.bertctl.core.start.StartingConfiguration;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.files.FileTree;
import dev.bertctl.runtime.files.WholeFile;
import dev.bertctl.runtime.registry.TaskRegistry;
import dev.bertctl.spi.TaskPlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code TASK --config FILE}, or {@code TASK --data FILE}, which makes the configuration of the
 * data and keeps it for the next time.
 */
@Command
final class StartedTask {

  @Parameters(
      paramLabel = "TASK",
      completionCandidates = TaskNames.class,
      description = "Name of the task: ${COMPLETION-CANDIDATES}.")
  private String name;

  @ArgGroup private Source source = new Source();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Mixin private SettingsOption settings;

  /** Where the configuration comes from. */
  private static final class Source {

    @Option(
        names = {"-c", "--config"},
        paramLabel = "FILE",
        description = "The configuration, app.yaml.")
    private Optional<Path> config = Optional.empty();

    @Option(
        names = {"-d", "--data"},
        paramLabel = "FILE",
        description =
            "Data to train on, without a configuration: one is made of what the data hold, and"
                + " written to OUTPUT/TASK.yaml for the next time. May be given several times, and be"
                + " a pattern such as 'part-*.csv'.")
    private List<Path> data = List.of();
  }

  /**
   * The configuration.
   *
   * @param others settings given by options of their own
   * @param overwrite whether a configuration that was made of other data may be replaced
   */
  TaskConfig<?> load(
      TaskRegistry registry,
      List<Assignment> others,
      ModelStore store,
      boolean overwrite,
      JobListener listener) {
    TaskPlugin<?> plugin = registry.get(name).plugin();
    List<Assignment> assignments = settings.assignments(others);
    if (source.config.isPresent()) {
      return AppConfig.load(source.config.get(), plugin, assignments);
    }
    if (source.data.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "missing --config=FILE, or --data=FILE to make a configuration of data");
    }
    StartingConfiguration start = StartingConfiguration.of(plugin, source.data, assignments, store);
    start.notes().forEach(note -> listener.notice(RunText.line(note.about(), note.text())));
    keep(start, overwrite, listener);
    return start.config();
  }

  private void keep(StartingConfiguration start, boolean overwrite, JobListener listener) {
    Path file = start.config().settings().output().resolve(name + ".yaml");
    String text = start.text();
    if (!overwrite && isOther(file, text)) {
      throw new UserException(
          "%s is already there, and is not what these data and settings make; go on with it by `bertctl run %s --config %s`, or replace it with --overwrite"
              .formatted(file, name, file));
    }
    FileTree.create(file.toAbsolutePath().getParent());
    WholeFile.write(file, partial -> Files.writeString(partial, text));
    listener.notice(RunText.line("written", "%s: next time --config %s".formatted(file, file)));
  }

  private static boolean isOther(Path file, String text) {
    try {
      return Files.exists(file) && !Files.readString(file).equals(text);
    } catch (IOException e) {
      throw FileException.reading(file, e);
    }
  }
}
