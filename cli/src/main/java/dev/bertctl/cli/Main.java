// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.application.ErrorMessages;
import dev.bertctl.application.ExitCode;
import dev.bertctl.application.PrintedStream;
import dev.bertctl.application.Shutdown;
import dev.bertctl.runtime.UserException;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;

/** Starts the command that the arguments name. */
@QuarkusMain
public final class Main implements QuarkusApplication {

  private final CommandLine.IFactory factory;

  /**
   * @param factory makes the commands, with what they ask for injected
   */
  public Main(CommandLine.IFactory factory) {
    this.factory = factory;
  }

  @Override
  public int run(String... args) {
    // Messages are English, so numbers in them are too: no decimal commas.
    Locale.setDefault(Locale.ENGLISH);
    PrintedStream.install();
    StandardOutput output = StandardOutput.ofProcess();
    try {
      return run(commands(factory, output), output, args);
    } catch (RuntimeException | Error e) {
      // Who presses Ctrl-C this early ends the container before the commands are made.
      if (Shutdown.isUnderWay()) {
        return ExitCode.INTERRUPTED;
      }
      throw e;
    }
  }

  /** The command line, printing to an output. */
  static CommandLine commands(CommandLine.IFactory factory, StandardOutput output) {
    CommandLine commands = new CommandLine(BertctlCommand.class, factory);
    commands.setOut(output.writer());
    ErrorMessages errors = CommandFailures.messages();
    commands.setParameterExceptionHandler(errors);
    commands.setExecutionExceptionHandler(errors);
    commands.setHelpSectionMap(HelpExamples.unwrapped(commands));
    commands.setExecutionStrategy(
        parsed -> execute(parsed, errors, parsed.originalArgs().toArray(new String[0])));
    return commands;
  }

  /** Runs a command and sees that all of its output is written; the answer is the exit code. */
  static int run(CommandLine commands, StandardOutput output, String... args) {
    ErrorMessages errors = CommandFailures.messages();
    int exitCode = execute(commands, errors, args);
    Optional<String> unwritten = output.finish();
    if (exitCode != 0 || unwritten.isEmpty()) {
      return exitCode;
    }
    return errors.report(
        new UserException("standard output cannot be written: " + unwritten.get()), commands, args);
  }

  private static int execute(CommandLine commands, ErrorMessages errors, String... args) {
    try {
      return commands.execute(args);
    } catch (Error e) {
      // picocli hands over exceptions only.
      return errors.report(e, commands, args);
    }
  }

  private static int execute(CommandLine.ParseResult parsed, ErrorMessages errors, String... args) {
    try {
      return new CommandLine.RunLast().execute(parsed);
    } catch (UserException e) {
      // Help names the tasks: picocli has no handler for what goes wrong with that.
      return errors.report(e, parsed.commandSpec().commandLine(), args);
    }
  }
}
