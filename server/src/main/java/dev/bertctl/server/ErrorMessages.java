// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bertctl.host.plugins.PluginFailure;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.saved.InstallPlugin;
import io.quarkus.runtime.QuarkusBindException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says on standard error why the server did not start, and chooses the exit code. */
final class ErrorMessages implements IParameterExceptionHandler, IExecutionExceptionHandler {

  /** The command was understood but failed. */
  static final int FAILED = 1;

  /** The command line is wrong. */
  static final int USAGE = 2;

  @Override
  public int handleParseException(ParameterException problem, String[] args) {
    CommandLine command = problem.getCommandLine();
    say(
        command,
        args,
        Character.toLowerCase(problem.getMessage().charAt(0))
            + problem.getMessage().substring(1)
            + suggestion(problem),
        USAGE);
    if (!isJson(args)) {
      command
          .getErr()
          .println(
              "Try '"
                  + command.getCommandSpec().qualifiedName()
                  + " --help' for more information.");
    }
    return USAGE;
  }

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    String[] args = parsed.originalArgs().toArray(new String[0]);
    say(command, args, message(failure), FAILED);
    if (List.of(args).contains("--stacktrace")) {
      failure.printStackTrace(command.getErr());
    }
    command.getErr().flush();
    return FAILED;
  }

  private static void say(CommandLine command, String[] args, String message, int exitCode) {
    PrintWriter err = command.getErr();
    if (isJson(args)) {
      err.println(
          JsonNodeFactory.instance
              .objectNode()
              .put("timestamp", Instant.now().toString())
              .put("level", "ERROR")
              .put("message", message)
              .put("exit_code", exitCode));
    } else {
      err.println("bertctl: " + message);
    }
  }

  /** Also where the command line cannot be parsed. */
  private static boolean isJson(String... args) {
    List<String> all = List.of(args);
    int option = all.lastIndexOf(ServeCommand.LOG_FORMAT);
    String value =
        option >= 0 && option + 1 < all.size()
            ? all.get(option + 1)
            : all.stream()
                .filter(argument -> argument.startsWith(ServeCommand.LOG_FORMAT + "="))
                .map(argument -> argument.substring(ServeCommand.LOG_FORMAT.length() + 1))
                .findFirst()
                .orElse(System.getenv().getOrDefault(ServeCommand.LOG_FORMAT_VARIABLE, ""));
    return value.equalsIgnoreCase(LogFormat.JSON.toString());
  }

  private static String message(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof QuarkusBindException taken) {
        return "port %d of %s cannot be opened: it is in use, or not to be had; choose another with --port"
            .formatted(taken.getPort(), taken.getHost());
      }
      if (cause instanceof UserException problem) {
        return withRemedy(problem);
      }
    }
    return PluginFailure.explain(failure)
            .orElse(
                "unexpected failure: " + failure + "\nthis is a defect of bertctl or of a plugin")
        + "; --stacktrace shows where it happened";
  }

  /** The remedy stands behind the first line, which is the problem; others are details. */
  private static String withRemedy(UserException problem) {
    String[] lines = problem.getMessage().split("\n", 2);
    String first =
        lines[0]
            + problem
                .remedy()
                .filter(InstallPlugin.class::isInstance)
                .map(InstallPlugin.class::cast)
                .map(ErrorMessages::installation)
                .orElse("");
    return lines.length == 1 ? first : first + "\n" + lines[1];
  }

  private static String installation(InstallPlugin plugin) {
    return plugin
        .source()
        .map("; install it with `bertctl plugins install %s`"::formatted)
        .orElse(
            "; get its jar from whoever made the model, and install it with"
                + " `bertctl plugins install JAR`");
  }

  /** The option that was probably meant, if one resembles the unknown one. */
  private static String suggestion(ParameterException problem) {
    return problem instanceof UnmatchedArgumentException unmatched
            && !unmatched.getSuggestions().isEmpty()
        ? "; did you mean '" + unmatched.getSuggestions().get(0) + "'?"
        : "";
  }
}
