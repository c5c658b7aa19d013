// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code --on spark}: that a command hands its work over to Spark, and where that is. */
@Command
final class SparkPlace {

  /** What an error says of options that are given without it. */
  static final String OPTIONS = "--master, --spark-home, --spark-conf";

  /** Engines of many machines. */
  enum Engine {
    spark
  }

  @Option(
      names = "--on",
      paramLabel = "ENGINE",
      description =
          "Hand over to an engine of many machines: ${COMPLETION-CANDIDATES}, by its spark-submit.")
  private Optional<Engine> engine = Optional.empty();

  @Option(
      names = "--master",
      paramLabel = "URL",
      description =
          "Spark's cluster manager, such as yarn or local[4]; Spark's own setting unless given.")
  private Optional<String> master = Optional.empty();

  @Option(
      names = "--spark-home",
      paramLabel = "DIR",
      description = "Spark's folder; SPARK_HOME, or where spark-submit is, unless given.")
  private Optional<Path> home = Optional.empty();

  @Option(
      names = "--spark-conf",
      paramLabel = "KEY=VALUE",
      description =
          "A setting of Spark's, such as spark.executor.cores=4; may be given several times.")
  private List<String> settings = List.of();

  /** Whether the work is to be handed over. */
  boolean isWanted() {
    return engine.isPresent();
  }

  /** Whether something is said of Spark. */
  boolean isDescribed() {
    return master.isPresent() || home.isPresent() || !settings.isEmpty();
  }

  /**
   * The submission of an application.
   *
   * @param arguments its arguments, {@code KEY=VALUE}
   * @param plugins jars of outside plugins that it needs, and of their libraries
   */
  SparkSubmission submission(
      SparkSubmission.Application application, List<String> arguments, List<Path> plugins) {
    return new SparkSubmission(application, home, master, settings, plugins, arguments);
  }
}
