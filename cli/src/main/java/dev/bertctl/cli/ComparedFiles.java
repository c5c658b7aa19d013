// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.core.comparison.Compared;
import dev.bertctl.core.comparison.Gold;
import dev.bertctl.core.config.AppConfig;
import dev.bertctl.core.config.Assignment;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.data.DataFiles;
import dev.bertctl.core.data.FileSettings;
import dev.bertctl.core.runs.FineTunedModel;
import dev.bertctl.runtime.registry.TaskRegistry;
import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.data.DataFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * What is compared: a run knows its task, its configuration, and the data that its predictions are
 * for; files of predictions need to be told.
 */
@Command
final class ComparedFiles {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--task",
      paramLabel = "TASK",
      completionCandidates = TaskNames.class,
      description =
          "The task of two files of predictions: ${COMPLETION-CANDIDATES}. A run knows its own.")
  private Optional<String> task = Optional.empty();

  @Option(
      names = "--gold",
      paramLabel = "FILE",
      description =
          "The gold data; may be given several times, and be a pattern such as 'part-*.csv'; unless"
              + " given, the validation data of the runs.")
  private List<Path> gold = List.of();

  @Option(
      names = "--gold-format",
      paramLabel = "FORMAT",
      description =
          "Format of the gold data where its ending does not tell: ${COMPLETION-CANDIDATES}.")
  private Optional<DataFile.Format> goldFormat = Optional.empty();

  @Option(
      names = "--predictions-format",
      paramLabel = "FORMAT",
      description =
          "Format of the predictions where their ending does not tell: ${COMPLETION-CANDIDATES}.")
  private Optional<DataFile.Format> predictionsFormat = Optional.empty();

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description =
          "A configuration for the task's options and the data's columns, for two files of"
              + " predictions. A run has its own.")
  private Optional<Path> config = Optional.empty();

  @Mixin private SettingsOption settings;

  /**
   * What is compared.
   *
   * @param config the task's configuration
   * @param a the one
   * @param b the other
   */
  record Opened(TaskConfig<?> config, Compared a, Compared b) {}

  /**
   * Opens both.
   *
   * @param notice is told if a plugin is not the one that a run was made with
   * @throws ParameterException if the options do not fit what is compared
   */
  Opened open(Path a, Path b, TaskRegistry registry, Consumer<String> notice) {
    Optional<FineTunedModel> runA = run(a);
    Optional<FineTunedModel> runB = run(b);
    if (runA.isEmpty() && runB.isEmpty()) {
      return files(a, b, registry);
    }
    require(task.isEmpty(), "--task", "two files of predictions; a run knows its task");
    require(config.isEmpty(), "--config", "two files of predictions; a run has its own");
    FineTunedModel first = runA.or(() -> runB).orElseThrow();
    FineTunedModel second = runB.orElse(first);
    requireOneTask(a, first, b, second, command);
    TaskPlugin<?> plugin = first.pluginIn(registry, notice);
    TaskConfig<?> own = first.config(plugin, settings.assignments(List.of()));
    Gold goldA = gold(own, () -> validation(first, plugin, settings.assignments(List.of())));
    Gold goldB =
        first == second
            ? goldA
            : gold(own, () -> validation(second, plugin, settings.assignments(List.of())));
    return new Opened(own, compared(a, runA, own, goldA), compared(b, runB, own, goldB));
  }

  /**
   * Opens two runs as they are: their own configuration, and the validation data of each.
   *
   * @param notice is told if a plugin is not the one that a run was made with
   * @throws ParameterException if they are of different tasks
   */
  static Opened runs(
      Path a, Path b, TaskRegistry registry, Consumer<String> notice, CommandSpec command) {
    FineTunedModel first = FineTunedModel.open(a);
    FineTunedModel second = FineTunedModel.open(b);
    requireOneTask(a, first, b, second, command);
    TaskPlugin<?> plugin = first.pluginIn(registry, notice);
    TaskConfig<?> own = first.config(plugin, List.of());
    return new Opened(
        own,
        compared(
            a, first.predictions(), Optional.empty(), own, validation(first, plugin, List.of())),
        compared(
            b, second.predictions(), Optional.empty(), own, validation(second, plugin, List.of())));
  }

  private static void requireOneTask(
      Path a, FineTunedModel first, Path b, FineTunedModel second, CommandSpec command) {
    if (!first.task().equals(second.task())) {
      throw new ParameterException(
          command.commandLine(),
          "%s is a run of task '%s' and %s of '%s'; compare runs of one task"
              .formatted(a, first.task(), b, second.task()));
    }
  }

  private Opened files(Path a, Path b, TaskRegistry registry) {
    require(task.isPresent(), "the comparison of two files of predictions", "--task TASK");
    require(!gold.isEmpty(), "the comparison of two files of predictions", "--gold FILE");
    TaskConfig<?> own = fileConfig(registry.get(task.orElseThrow()).plugin());
    Gold common = Gold.of(goldFile(own));
    return new Opened(
        own,
        compared(a, Optional.empty(), own, common),
        compared(b, Optional.empty(), own, common));
  }

  private static Optional<FineTunedModel> run(Path path) {
    return Files.isDirectory(path) ? Optional.of(FineTunedModel.open(path)) : Optional.empty();
  }

  private <O> TaskConfig<O> fileConfig(TaskPlugin<O> plugin) {
    return config.isPresent()
        ? AppConfig.load(config.get(), plugin, settings.assignments(List.of()))
        : AppConfig.of(
            // No model is used, but a configuration names one.
            Map.of("model", "none"), "compare", plugin, settings.assignments(List.of()));
  }

  private Gold gold(TaskConfig<?> own, Supplier<Gold> otherwise) {
    return gold.isEmpty() ? otherwise.get() : Gold.of(goldFile(own));
  }

  private static Gold validation(
      FineTunedModel run, TaskPlugin<?> plugin, List<Assignment> assignments) {
    return Gold.validationOf(run.configWithData(plugin, assignments));
  }

  private DataFile goldFile(TaskConfig<?> own) {
    return DataFiles.open(
        gold, goldFormat, own.plugin().usualFormat(), FileSettings.of(own.settings()));
  }

  private Compared compared(
      Path path, Optional<FineTunedModel> run, TaskConfig<?> own, Gold examples) {
    return compared(
        path,
        run.map(FineTunedModel::predictions).orElse(path),
        run.isPresent() ? Optional.empty() : predictionsFormat,
        own,
        examples);
  }

  private static Compared compared(
      Path path,
      Path predictions,
      Optional<DataFile.Format> format,
      TaskConfig<?> own,
      Gold examples) {
    return new Compared(
        path.toString(),
        DataFiles.openPredictions(
            predictions, format, own.plugin().usualFormat(), FileSettings.of(own.settings())),
        examples);
  }

  private void require(boolean condition, String option, String need) {
    if (!condition) {
      throw new ParameterException(command.commandLine(), option + " needs " + need);
    }
  }
}
