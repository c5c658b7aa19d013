// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.load;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Requests at a constant rate, whatever becomes of those before. A latency is counted from the time
 * at which its request was due, so that one that waits for a slow server is not left out
 * (coordinated omission).
 */
final class ConstantRate {

  private static final long HIGHEST_MICROS = TimeUnit.MINUTES.toMicros(10);
  private static final int DIGITS = 3;

  private ConstantRate() {}

  /**
   * Sends requests.
   *
   * @param rate requests a second
   * @param seconds for how long
   * @return latencies in microseconds, refused requests included
   */
  static Histogram run(Requester requester, EarlyEnd early, double rate, int seconds, Tally tally)
      throws InterruptedException {
    Histogram latencies = new ConcurrentHistogram(HIGHEST_MICROS, DIGITS);
    int requests = (int) Math.ceil(rate * seconds);
    CountDownLatch done = new CountDownLatch(requests);
    long begun = System.nanoTime();
    for (int i = 0; i < requests; i++) {
      if (early.isAsked()) {
        done.countDown();
        continue;
      }
      long due = begun + (long) (i / rate * 1e9);
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      requester
          .next(tally)
          .onComplete(
              ended -> {
                long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - due);
                latencies.recordValue(Math.min(micros, HIGHEST_MICROS));
                done.countDown();
              });
    }
    while (!early.isOver() && !done.await(1, TimeUnit.SECONDS)) {}
    return latencies;
  }
}
