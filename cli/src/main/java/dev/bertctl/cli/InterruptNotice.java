// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import java.util.function.Supplier;

/** Tells the user who interrupts a job how to go on with it. */
final class InterruptNotice {

  private InterruptNotice() {}

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
}
