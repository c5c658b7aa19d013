// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** {@code --on spark}: where a command hands its work over to Spark, and how. */
@Command
final class SparkOptions {

  /** What Spark has no use for: it writes folders of files, in columns of its own. */
  static final List<String> NOT_ON_SPARK =
      List.of(
          "--columns",
          "--probabilities",
          "--escape-formulas",
          "--resume",
          "--bad-rows",
          "--task-files",
          "--json");

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /** Engines of many machines. */
  enum Place {
    spark
  }

  @Option(
      names = "--on",
      paramLabel = "ENGINE",
      description =
          "Hand over to an engine of many machines: ${COMPLETION-CANDIDATES}, by its spark-submit."
              + " Input and output are then paths or URIs that it knows, such as s3a://..., the output"
              + " a folder.")
  private Optional<Place> place = Optional.empty();

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

  @Option(
      names = "--spark",
      paramLabel = "KEY=VALUE",
      description =
          "An argument of the job on Spark, such as output-format=csv or write=compression=gzip; may be"
              + " given several times.")
  private List<String> arguments = List.of();

  /** Whether the work is to be handed over. */
  boolean areWanted() {
    return place.isPresent();
  }

  /**
   * Makes sure that options for Spark are given with it, and none that it has no use for.
   *
   * @throws ParameterException naming the first that is out of place
   */
  void check() {
    ParseResult given = command.commandLine().getParseResult();
    if (areWanted()) {
      for (String option : NOT_ON_SPARK) {
        if (given.hasMatchedOption(option)) {
          throw failure(option + " is not for --on spark");
        }
      }
    } else if (master.isPresent()
        || home.isPresent()
        || !settings.isEmpty()
        || !arguments.isEmpty()) {
      throw failure("--master, --spark-home, --spark-conf and --spark need --on spark");
    }
  }

  /**
   * What an option was given, as it was typed: a URI is no path of this machine.
   *
   * @throws ParameterException if it was not, or is standard input or output
   */
  List<String> typed(String option) {
    OptionSpec spec = command.commandLine().getParseResult().matchedOption(option);
    List<String> typed = spec == null ? List.of() : spec.originalStringValues();
    if (typed.isEmpty() || typed.contains(StandardOutput.NAME)) {
      throw failure("--on spark needs " + option + " PATH");
    }
    return typed;
  }

  private ParameterException failure(String problem) {
    return new ParameterException(command.commandLine(), problem);
  }

  /**
   * The job's submission.
   *
   * @param job its arguments, {@code KEY=VALUE}; those of the command line come after them
   * @param plugins jars of outside plugins that it needs, and of their libraries
   */
  SparkSubmission submission(List<String> job, List<Path> plugins) {
    List<String> all = new ArrayList<>(job);
    all.addAll(arguments);
    return new SparkSubmission(home, master, settings, plugins, all);
  }
}
