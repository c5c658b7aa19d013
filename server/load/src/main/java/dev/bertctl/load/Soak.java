// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.load;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The long run among disturbers, which says how far it is, and ends at a deadline. */
final class Soak {

  private static final int PROGRESS_SECONDS = 10;

  private final Target target;
  private final Requester requester;
  private final EarlyEnd early;
  private final PrintStream progress;
  private final Tally tally = new Tally();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private long before;

  /**
   * @param progress is told every ten seconds how far it is
   */
  Soak(Target target, Requester requester, EarlyEnd early, PrintStream progress) {
    this.target = target;
    this.requester = requester;
    this.early = early;
    this.progress = progress;
  }

  /**
   * Runs it, and reports.
   *
   * @param deadline after which no more requests are sent
   * @param pid the process whose memory is looked at
   */
  void run(long requests, int clients, Duration deadline, Optional<Long> pid, Report report)
      throws IOException, InterruptedException {
    Optional<Memory> memory = pid.map(one -> new Memory(one, target.uri(), tally::ended));
    Disturbers disturbers = new Disturbers(target);
    timer.scheduleAtFixedRate(
        () -> say(requests), PROGRESS_SECONDS, PROGRESS_SECONDS, TimeUnit.SECONDS);
    timer.schedule(
        () -> early.ask("not done within %d minutes".formatted(deadline.toMinutes())),
        deadline.toMillis(),
        TimeUnit.MILLISECONDS);
    ClosedLoop.Ended ended;
    try (disturbers) {
      ended = ClosedLoop.run(requester, early, requests, clients, tally);
    } finally {
      timer.shutdownNow();
      memory.ifPresent(Memory::close);
    }
    report.soak(requests, ended, tally, disturbers);
    if (memory.isPresent()) {
      report.memory(memory.get().samples(), ended.sent());
    }
  }

  private void say(long requests) {
    long now = tally.ended();
    progress.printf("%,d of %,d, %,d/s%n", now, requests, (now - before) / PROGRESS_SECONDS);
    before = now;
  }
}
