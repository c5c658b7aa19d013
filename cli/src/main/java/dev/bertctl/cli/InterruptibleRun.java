// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.application.ExitCode;
import dev.bertctl.core.runs.InterruptedRunException;
import dev.bertctl.core.runs.Interruption;
import dev.bertctl.core.runs.ResumableJob;
import dev.bertctl.runtime.UserException;

/**
 * A run at a terminal: the first Ctrl-C, or the first signal to terminate, ends it after the step
 * under way with a checkpoint, and the second at once.
 */
final class InterruptibleRun {

  private InterruptibleRun() {}

  /**
   * Fine-tunes, once or several times.
   *
   * @param interruption what the run heeds
   * @throws Interrupted if it was interrupted
   */
  static <R> R of(ResumableJob<R> job, Interruption interruption, JobListener listener) {
    try (Signals signals =
        new Signals(() -> request(interruption, listener), () -> listener.lastWords(text(job)))) {
      if (!signals.areHeard()) {
        listener.notice(
            "Java's -Xrs keeps signals from this run: Ctrl-C ends it at once, without a checkpoint");
      }
      try {
        return InterruptNotice.during(job::run, () -> text(job), listener);
      } catch (InterruptedRunException e) {
        throw new Interrupted(e, signals.exitCode());
      }
    }
  }

  private static boolean request(Interruption interruption, JobListener listener) {
    boolean heeded = interruption.request();
    if (heeded) {
      listener.notice("stopping after this step, with a checkpoint; once more stops at once");
    }
    return heeded;
  }

  private static String text(ResumableJob<?> job) {
    return job.canResume()
        ? "interrupted; the same command with --resume goes on from the last checkpoint"
        : "interrupted; nothing was replaced in " + job.folder();
  }

  /** Says how a run ended, with the exit code of the signal. */
  static final class Interrupted extends UserException {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    Interrupted(InterruptedRunException cause, int exitCode) {
      super(cause.getMessage(), cause.remedy().orElse(null), cause);
      this.exitCode = exitCode == 0 ? ExitCode.INTERRUPTED : exitCode;
    }

    int exitCode() {
      return exitCode;
    }
  }
}
