// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.load;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** So many clients, each of which sends its next request when it has an answer. */
final class ClosedLoop {

  private final Requester requester;
  private final Tally tally;
  private final AtomicLong left;
  private final CountDownLatch done;

  private ClosedLoop(Requester requester, long requests, int clients, Tally tally) {
    this.requester = requester;
    this.tally = tally;
    this.left = new AtomicLong(requests);
    this.done = new CountDownLatch(clients);
  }

  /**
   * Sends requests.
   *
   * @return requests a second that were answered
   */
  static double run(Requester requester, long requests, int clients, Tally tally)
      throws InterruptedException {
    ClosedLoop loop = new ClosedLoop(requester, requests, clients, tally);
    long right = tally.of(Tally.Outcome.RIGHT);
    long begun = System.nanoTime();
    for (int i = 0; i < clients; i++) {
      loop.next();
    }
    loop.done.await();
    return (tally.of(Tally.Outcome.RIGHT) - right) * 1e9 / (System.nanoTime() - begun);
  }

  private void next() {
    if (left.getAndDecrement() <= 0) {
      done.countDown();
    } else {
      requester.next(tally).onComplete(ended -> next());
    }
  }
}
