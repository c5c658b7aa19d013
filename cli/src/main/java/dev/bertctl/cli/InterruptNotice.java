// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.core.runs.FineTuning;
import dev.bertctl.core.runs.RunResult;

/** Tells the user who interrupts a run how to go on with it. */
final class InterruptNotice {

  private InterruptNotice() {}

  /** Runs; a shutdown before the end is an interruption. */
  static RunResult run(FineTuning tuning, ConsoleListener console) {
    Thread notice = new Thread(() -> console.lastWords(text(tuning)));
    Runtime.getRuntime().addShutdownHook(notice);
    try {
      return tuning.run();
    } finally {
      withdraw(notice);
    }
  }

  private static void withdraw(Thread notice) {
    try {
      Runtime.getRuntime().removeShutdownHook(notice);
    } catch (IllegalStateException shuttingDown) {
      // Too late, and rightly so: the user has interrupted the run.
      return;
    }
  }

  private static String text(FineTuning tuning) {
    return System.lineSeparator()
        + (tuning.canResume()
            ? "interrupted; the same command with --resume goes on after the last complete epoch"
            : "interrupted before the first epoch was complete; nothing was replaced in "
                + tuning.folder());
  }
}
