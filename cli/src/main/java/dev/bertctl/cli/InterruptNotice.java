// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.core.runs.FineTuning;
import dev.bertctl.core.runs.RunResult;
import java.util.function.Supplier;

/** Tells the user who interrupts a job how to go on with it. */
final class InterruptNotice {

  private InterruptNotice() {}

  /** Fine-tunes; a shutdown before the end is an interruption. */
  static RunResult run(FineTuning tuning, JobListener console) {
    return during(tuning::run, () -> text(tuning), console);
  }

  /**
   * Does a job; a shutdown before the end is an interruption.
   *
   * @param text what is said then
   */
  static <T> T during(Supplier<T> job, Supplier<String> text, JobListener console) {
    Thread notice = new Thread(() -> console.lastWords(text.get()));
    Runtime.getRuntime().addShutdownHook(notice);
    try {
      return job.get();
    } finally {
      withdraw(notice);
    }
  }

  private static void withdraw(Thread notice) {
    try {
      Runtime.getRuntime().removeShutdownHook(notice);
    } catch (IllegalStateException shuttingDown) {
      // Too late, and rightly so: the user has interrupted the job.
      return;
    }
  }

  private static String text(FineTuning tuning) {
    return tuning.canResume()
        ? "interrupted; the same command with --resume goes on after the last complete epoch"
        : "interrupted before the first epoch was complete; nothing was replaced in "
            + tuning.folder();
  }
}
