// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.application.JsonLog;
import dev.bertctl.application.LogFormat;
import java.time.Clock;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What every command has: {@code --help}, {@code --stacktrace}, {@code --log-format}, and the look
 * of its help.
 */
@Command(
    sortOptions = false,
    usageHelpAutoWidth = true,
    descriptionHeading = "%n",
    parameterListHeading = "%nParameters:%n",
    optionListHeading = "%nOptions:%n",
    commandListHeading = "%nCommands:%n",
    footerHeading = "%nExamples:%n")
final class CommonOptions {

  @Option(names = "--stacktrace", description = "Show where in the code a failure happened.")
  private boolean stacktrace;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  @Option(
      names = LogFormat.OPTION,
      paramLabel = "FORMAT",
      defaultValue = "${env:" + LogFormat.VARIABLE + ":-text}",
      description =
          "How messages and progress are written to standard error: text, or json, an object a"
              + " line. "
              + LogFormat.VARIABLE
              + " in the environment sets it for all commands.")
  private LogFormat logFormat;

  /** What a command does is said there. */
  JobListener listener() {
    return listener(true);
  }

  /**
   * Says on standard error what a job does.
   *
   * @param progress whether that shows how far it is, which would disturb what a terminal shows of
   *     standard output meanwhile
   */
  JobListener listener(boolean progress) {
    if (logFormat == LogFormat.TEXT) {
      return new ConsoleListener(progress);
    }
    JsonLog.install();
    return new JsonListener(System.err, Clock.systemUTC());
  }

  /** Says something before there is a job. */
  void notice(String line) {
    try (JobListener listener = listener()) {
      listener.notice(line);
    }
  }

  /** What is wrong though the command goes on, as standard error has it. */
  String problem(Object problem) {
    return logFormat == LogFormat.TEXT
        ? "bertctl: " + problem
        : JsonLog.line("WARN", "problem", problem.toString(), Map.of());
  }
}
