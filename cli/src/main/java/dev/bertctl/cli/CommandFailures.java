// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.application.ErrorMessages;
import dev.bertctl.application.ExitCode;
import dev.bertctl.runtime.options.ConfigException;
import dev.bertctl.runtime.registry.UnknownTaskException;
import java.util.Optional;

/** What only commands know of failures: exit codes, and what to set where memory is scarce. */
final class CommandFailures {

  private CommandFailures() {}

  /** Says what went wrong with a command. */
  static ErrorMessages messages() {
    return new ErrorMessages(CommandFailures::exitCode, CommandFailures::ownWords);
  }

  private static int exitCode(Throwable failure) {
    if (failure instanceof InterruptibleRun.Interrupted interrupted) {
      return interrupted.exitCode();
    }
    return failure instanceof UnknownTaskException || failure instanceof ConfigException
        ? ExitCode.USAGE
        : ExitCode.FAILED;
  }

  private static Optional<String> ownWords(Throwable failure) {
    return failure instanceof OutOfMemoryError
        ? Optional.of(outOfMemory(failure, Runtime.getRuntime().maxMemory() >> 20))
        : Optional.empty();
  }

  /**
   * What to set where memory does not suffice.
   *
   * @param heap the largest heap that Java may have, in MiB
   */
  private static String outOfMemory(Throwable failure, long heap) {
    return "not enough memory%s: Java's heap may have %d MB, and all of it is in use (%s)\ngive it more, as by BERTCTL_JAVA_OPTS=-Xmx%dm, or make train.batch-size, train.evaluation-batch-size or max-length smaller"
        .formatted(
            WorkUnderWay.when(failure).map(" for "::concat).orElse(""),
            heap,
            failure.getMessage(),
            2 * heap);
  }
}
