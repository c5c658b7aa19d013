// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.load;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What became of requests. */
final class Tally {

  /** How a request ended. */
  enum Outcome {
    /** With the answer to it. */
    RIGHT,
    /** Refused because the queue was full: 429. */
    REFUSED,
    /** With an answer that is not its own. */
    WRONG,
    /** With another status, or none. */
    LOST
  }

  private final Map<Outcome, LongAdder> counts = new ConcurrentHashMap<>();
  private volatile String firstFailure = "";

  /** Counts one. */
  void count(Outcome outcome) {
    counts.computeIfAbsent(outcome, one -> new LongAdder()).increment();
  }

  /** Counts one that failed, and keeps why if it is the first. */
  void fail(Outcome outcome, String why) {
    count(outcome);
    if (firstFailure.isEmpty()) {
      firstFailure = why;
    }
  }

  long of(Outcome outcome) {
    return counts.getOrDefault(outcome, new LongAdder()).sum();
  }

  /** How many ended, however they did. */
  long ended() {
    return counts.values().stream().mapToLong(LongAdder::sum).sum();
  }

  /** Why the first failed; empty if none did. */
  String firstFailure() {
    return firstFailure;
  }

  /** Whether each request has its own answer, or was refused properly. */
  boolean isClean() {
    return of(Outcome.WRONG) == 0 && of(Outcome.LOST) == 0;
  }
}
