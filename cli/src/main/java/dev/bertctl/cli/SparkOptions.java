// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** {@code --on spark} of predictions: what the job there is told. */
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

  @Mixin private SparkPlace place;

  @Option(
      names = "--spark",
      paramLabel = "KEY=VALUE",
      description =
          "An argument of the job on Spark, such as output-format=csv or write=compression=gzip; may be"
              + " given several times. On Spark input and output are paths or URIs that it knows, such"
              + " as s3a://..., the output a folder.")
  private List<String> arguments = List.of();

  /** Whether the work is to be handed over. */
  boolean areWanted() {
    return place.isWanted();
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
    } else if (place.isDescribed() || !arguments.isEmpty()) {
      throw failure(SparkPlace.OPTIONS + " and --spark need --on spark");
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
    return place.submission(SparkSubmission.Application.PREDICT, all, plugins);
  }
}
