// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.application;

import dev.bertctl.host.plugins.PluginFailure;
import dev.bertctl.runtime.UserException;
import dev.bertctl.spi.data.DataException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Says on standard error what went wrong, and chooses the exit code. Stack traces are for {@code
 * --stacktrace}.
 */
public final class ErrorMessages implements IParameterExceptionHandler, IExecutionExceptionHandler {

  private final ToIntFunction<Throwable> exitCodes;
  private final Function<Throwable, Optional<String>> ownWords;

  /**
   * @param exitCodes chooses the exit code of a command that was understood and failed
   * @param ownWords the application's words for failures that others know nothing of; empty for all
   *     else
   */
  public ErrorMessages(
      ToIntFunction<Throwable> exitCodes, Function<Throwable, Optional<String>> ownWords) {
    this.exitCodes = exitCodes;
    this.ownWords = ownWords;
  }

  @Override
  public int handleParseException(ParameterException problem, String[] args) {
    // Commands that are still being made when the process ends lack what would be injected.
    if (Shutdown.isUnderWay()) {
      return ExitCode.INTERRUPTED;
    }
    CommandLine command = problem.getCommandLine();
    PrintWriter err = command.getErr();
    StringBuilder message = new StringBuilder();
    unknownOptions(problem)
        .ifPresent(
            unknown -> message.append(usageProblem(unknown) + suggestion(unknown)).append('\n'));
    message.append(usageProblem(problem) + suggestion(problem));
    if (LogFormat.of(args) == LogFormat.JSON) {
      err.println(line(message.toString(), ExitCode.USAGE, Map.of()));
    } else {
      message.toString().lines().forEach(line -> err.println("bertctl: " + line));
      err.println(
          "Try '" + command.getCommandSpec().qualifiedName() + " --help' for more information.");
    }
    return ExitCode.USAGE;
  }

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    return report(failure, command, parsed.originalArgs().toArray(new String[0]));
  }

  /**
   * Reports any failure of a command; the answer is the exit code. What fails while the process is
   * ending, as after Ctrl-C, fails because of that, and is nobody's business.
   */
  public int report(Throwable failure, CommandLine command, String... args) {
    if (Shutdown.isUnderWay()) {
      return ExitCode.INTERRUPTED;
    }
    PrintWriter err = command.getErr();
    int exitCode = exitCodes.applyAsInt(failure);
    boolean trace = List.of(args).contains("--stacktrace");
    if (LogFormat.of(args) == LogFormat.JSON) {
      err.println(
          line(
              Secrets.hidden(message(failure)),
              exitCode,
              trace
                  ? Map.of("stack_trace", Secrets.hidden(JsonLog.stackTrace(failure)))
                  : Map.of()));
    } else {
      err.println("bertctl: " + Secrets.hidden(message(failure)));
      if (trace) {
        err.print(Secrets.hidden(JsonLog.stackTrace(failure)));
      }
    }
    err.flush();
    return exitCode;
  }

  private static String line(String message, int exitCode, Map<String, String> more) {
    Map<String, Object> fields = new LinkedHashMap<>(Map.of("exit_code", exitCode));
    fields.putAll(more);
    return JsonLog.line("ERROR", "error", message, fields);
  }

  private String message(Throwable failure) {
    Optional<String> own = ownWords.apply(failure);
    if (own.isPresent()) {
      return own.get();
    }
    if (failure instanceof UserException problem) {
      return withRemedy(problem);
    }
    if (failure instanceof DataException) {
      return failure.getMessage();
    }
    return PluginFailure.explain(failure)
            .orElse(
                "unexpected failure: " + failure + "\nthis is a defect of bertctl or of a plugin")
        + "; --stacktrace shows where it happened";
  }

  /** The remedy stands behind the first line, which is the problem; others are details. */
  private static String withRemedy(UserException problem) {
    String[] lines = problem.getMessage().split("\n", 2);
    String first = lines[0] + problem.remedy().flatMap(RemedyText::of).map("; "::concat).orElse("");
    return lines.length == 1 ? first : first + "\n" + lines[1];
  }

  /** picocli tells of what is missing before what is unknown, which may be the same, mistyped. */
  private static Optional<ParameterException> unknownOptions(ParameterException problem) {
    List<String> unknown = problem.getCommandLine().getUnmatchedArguments();
    return problem instanceof MissingParameterException && !unknown.isEmpty()
        ? Optional.of(new UnmatchedArgumentException(problem.getCommandLine(), unknown))
        : Optional.empty();
  }

  private static String usageProblem(ParameterException problem) {
    if (problem instanceof UnmatchedArgumentException unmatched
        && !unmatched.isUnknownOption()
        && !problem.getCommandLine().getSubcommands().isEmpty()) {
      return "unknown command '" + unmatched.getUnmatched().get(0) + "'";
    }
    return startingLowerCase(problem.getMessage());
  }

  /** The option or command that was probably meant, if one resembles the unknown one. */
  private static String suggestion(ParameterException problem) {
    if (problem instanceof UnmatchedArgumentException unmatched
        && !unmatched.getSuggestions().isEmpty()) {
      return "; did you mean '" + unmatched.getSuggestions().get(0) + "'?";
    }
    return "";
  }

  private static String startingLowerCase(String message) {
    return Character.toLowerCase(message.charAt(0)) + message.substring(1);
  }
}
