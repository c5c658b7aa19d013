// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.load;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends the test before its time, by a deadline or because the process is told to end: no more
 * requests are sent, what is under way may still be answered for a while, and the report has what
 * was found until then.
 */
final class EarlyEnd {

  /** How long answers are waited for when nothing more is sent. */
  static final Duration GRACE = Duration.ofSeconds(10);

  private final CountDownLatch written = new CountDownLatch(1);
  private volatile Optional<String> reason = Optional.empty();
  private volatile long since;

  /** Ends it. Only the first reason counts. */
  synchronized void ask(String why) {
    if (reason.isEmpty()) {
      since = System.nanoTime();
      reason = Optional.of(why);
    }
  }

  /** Why it is to end; empty if it is not. */
  Optional<String> reason() {
    return reason;
  }

  boolean isAsked() {
    return reason.isPresent();
  }

  /** Whether answers have been waited for long enough. */
  boolean isOver() {
    return isAsked() && System.nanoTime() - since > GRACE.toNanos();
  }

  /** The report is there. */
  void written() {
    written.countDown();
  }

  /** Has a process that is told to end write its report first. */
  void onSignal() {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  if (written.getCount() > 0) {
                    ask("told to end");
                    awaitWritten();
                  }
                },
                "early-end"));
  }

  private void awaitWritten() {
    try {
      // Answers, and then the disturbers, are waited for.
      if (!written.await(3 * GRACE.toSeconds(), TimeUnit.SECONDS)) {
        System.err.println("ended without a whole report");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
