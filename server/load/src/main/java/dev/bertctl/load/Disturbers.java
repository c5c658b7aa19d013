// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Clients that do harm while others work: some hang up in mid-request, some write a byte at a time,
 * some write what is no request. What each of them is answered is counted, and checked where there
 * is one right answer.
 */
final class Disturbers implements AutoCloseable {

  private static final int HANG_UPS = 4;
  private static final int SLOW = 8;
  private static final int ENDLESS = 8;
  private static final int MALFORMED = 1;
  private static final int STOPPING = 1;

  /** More than the threads that a server has. */
  private static final int STOPPED = 250;

  private static final long PAUSE_MILLIS = 20;
  private static final int SLOW_PARTS = 40;
  private static final int HEADER_MILLIS = 1000;

  private final Target target;
  private final List<Thread> threads = new ArrayList<>();
  private final Map<String, LongAdder> counts = new ConcurrentSkipListMap<>();
  private final Tally tally = new Tally();
  private final StoppedBodies stopped = new StoppedBodies();
  private volatile boolean ended;

  /** What a thread does again and again. */
  @FunctionalInterface
  private interface Turn {
    void take(Random random) throws IOException, InterruptedException;
  }

  Disturbers(Target target) {
    this.target = target;
    start(HANG_UPS, this::hangUp);
    start(SLOW, this::writeSlowly);
    start(ENDLESS, this::neverEndHeaders);
    start(MALFORMED, this::writeNonsense);
    start(STOPPING, this::stopInBodies);
  }

  private void start(int number, Turn turn) {
    for (int i = 0; i < number; i++) {
      Random random = new Random(threads.size());
      Thread thread = new Thread(() -> repeat(turn, random), "disturber-" + threads.size());
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
  }

  private void repeat(Turn turn, Random random) {
    while (!ended) {
      try {
        if (!tookTurn(turn, random) && !ended) {
          count("cut off by the server");
        }
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** Whether it came to its end: the server hangs up on a client that deserves it. */
  private static boolean tookTurn(Turn turn, Random random) throws InterruptedException {
    try {
      turn.take(random);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private void count(String what) {
    counts.computeIfAbsent(what, one -> new LongAdder()).increment();
  }

  private void hangUp(Random random) throws IOException, InterruptedException {
    String request = RawConnection.post(target.uri(), body(random));
    try (RawConnection connection = new RawConnection(target, true)) {
      boolean whole = random.nextBoolean();
      int length = whole ? request.length() : random.nextInt(request.length());
      connection.write(request.substring(0, length));
      Thread.sleep(random.nextInt(30));
      count(whole ? "hung up on their answer" : "hung up in their request");
    }
  }

  private void writeSlowly(Random random) throws IOException, InterruptedException {
    String request = RawConnection.post(target.uri(), body(random));
    try (RawConnection connection = new RawConnection(target, false)) {
      int part = Math.max(1, request.length() / SLOW_PARTS);
      for (int at = 0; at < request.length() && !ended; at += part) {
        connection.write(request.substring(at, Math.min(request.length(), at + part)));
        Thread.sleep(100);
      }
      if (!ended) {
        expect("slow", connection.status(), 200, 429);
      }
    }
  }

  private void neverEndHeaders(Random random) throws IOException, InterruptedException {
    try (RawConnection connection = new RawConnection(target, false)) {
      connection.write("POST %s HTTP/1.1\r\nHost: localhost\r\n".formatted(target.uri().getPath()));
      count("never ended their headers");
      while (!ended) {
        connection.write("X-%d: a\r\n".formatted(random.nextInt(1000)));
        Thread.sleep(HEADER_MILLIS);
      }
    }
  }

  /** Waits until each of many bodies that stop is given up. */
  private void stopInBodies(Random random) throws IOException {
    try (StoppedBodies many = stopped) {
      many.open(target, STOPPED, () -> body(random));
      for (int status = many.status(); status > 0; status = many.status()) {
        expect("stopped in their body", status, 504);
      }
    }
  }

  private void writeNonsense(Random random) throws IOException {
    for (Malformed malformed : Malformed.values()) {
      try (RawConnection connection = new RawConnection(target, false)) {
        connection.write(malformed.request(target.uri()));
        expect(malformed.toString(), connection.status(), malformed.status());
      }
    }
  }

  private String body(Random random) {
    return target.form().request("disturber", Texts.of(random.nextInt(1000)));
  }

  private void expect(String what, int found, int... expected) {
    count("%s: %d".formatted(what, found));
    for (int status : expected) {
      if (status == found) {
        tally.count(Tally.Outcome.RIGHT);
        return;
      }
    }
    tally.fail(Tally.Outcome.WRONG, "%s: status %d".formatted(what, found));
  }

  /** How often what happened. */
  Map<String, Long> counts() {
    Map<String, Long> all = new TreeMap<>();
    counts.forEach((what, count) -> all.put(what, count.sum()));
    return all;
  }

  /** Whether what they were answered is right. */
  Tally tally() {
    return tally;
  }

  @Override
  public void close() {
    ended = true;
    threads.forEach(Thread::interrupt);
    stopped.end();
    long until = System.nanoTime() + EarlyEnd.GRACE.toNanos();
    try {
      // Who still waits for an answer then has no turn that ended.
      for (Thread thread : threads) {
        TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(1, until - System.nanoTime()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
