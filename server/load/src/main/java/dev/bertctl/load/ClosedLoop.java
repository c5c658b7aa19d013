// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.load;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** So many clients, each of which sends its next request when it has an answer. */
final class ClosedLoop {

  private final Requester requester;
  private final EarlyEnd early;
  private final Tally tally;
  private final long requests;
  private final AtomicLong sent = new AtomicLong();
  private final CountDownLatch done;

  /**
   * What came of it.
   *
   * @param sent requests; fewer than were wanted if it ended early
   * @param rate requests a second that were answered
   */
  record Ended(long sent, double rate) {}

  private ClosedLoop(Requester requester, EarlyEnd early, long requests, int clients, Tally tally) {
    this.requester = requester;
    this.early = early;
    this.requests = requests;
    this.tally = tally;
    this.done = new CountDownLatch(clients);
  }

  /** Sends requests. */
  static Ended run(Requester requester, EarlyEnd early, long requests, int clients, Tally tally)
      throws InterruptedException {
    ClosedLoop loop = new ClosedLoop(requester, early, requests, clients, tally);
    long right = tally.of(Tally.Outcome.RIGHT);
    long begun = System.nanoTime();
    for (int i = 0; i < clients; i++) {
      loop.next();
    }
    boolean answered = false;
    while (!answered && !early.isOver()) {
      answered = loop.done.await(1, TimeUnit.SECONDS);
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    return new Ended(loop.sent.get(), (tally.of(Tally.Outcome.RIGHT) - right) / seconds);
  }

  private void next() {
    if (early.isAsked() || !another()) {
      done.countDown();
    } else {
      requester.next(tally).onComplete(ended -> next());
    }
  }

  private boolean another() {
    return sent.getAndUpdate(number -> Math.min(requests, number + 1)) < requests;
  }
}
