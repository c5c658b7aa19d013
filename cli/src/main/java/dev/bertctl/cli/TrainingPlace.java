// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.host.plugins.PluginFolder;
import dev.bertctl.runtime.distributed.Processes;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which processes train: this one, or executors of Spark. */
@Command
final class TrainingPlace {

  private static final int TIMEOUT_SECONDS = 300;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Mixin private SparkPlace spark;

  @Option(
      names = "--processes",
      paramLabel = "N",
      description =
          "On how many executors of Spark to train; if it has fewer for the time of --process-timeout,"
              + " on those that there are. Each batch is divided among them; weights and results are"
              + " those of one process.")
  private Optional<Integer> processes = Optional.empty();

  @Option(
      names = "--process-timeout",
      paramLabel = "SECONDS",
      description =
          "After how long a process that does not answer counts as lost: the run then begins again"
              + " from its last checkpoint. By default ${DEFAULT-VALUE}.",
      defaultValue = "" + TIMEOUT_SECONDS)
  private int timeout;

  /**
   * What starts them, if they are others than this one.
   *
   * @throws ParameterException if options contradict each other
   */
  Optional<Supplier<Processes>> starter(TaskConfig<?> config) {
    if (!spark.isWanted()) {
      if (spark.isDescribed() || processes.isPresent()) {
        throw failure(SparkPlace.OPTIONS + " and --processes need --on spark");
      }
      return Optional.empty();
    }
    int wanted =
        processes.orElseThrow(() -> failure("--on spark needs --processes N, its executors"));
    if (wanted < 1 || timeout < 1) {
      throw failure("--processes and --process-timeout need numbers from 1");
    }
    SparkSubmission submission =
        spark.submission(
            SparkSubmission.Application.TRAIN,
            List.of(
                "processes=" + wanted,
                "device=" + config.settings().device(),
                "timeout=" + timeout),
            PluginFolder.jarsOf(config.plugin()));
    return Optional.of(() -> SubmittedProcesses.start(submission.command()));
  }

  /**
   * Makes sure that this process trains.
   *
   * @param option what else is not possible
   * @throws ParameterException if it does not
   */
  void requireHere(String option) {
    if (spark.isWanted()) {
      throw failure(option + " is not for --on spark");
    }
  }

  private ParameterException failure(String problem) {
    return new ParameterException(command.commandLine(), problem);
  }
}
