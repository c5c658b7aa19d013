// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.application.SignalHandlers;
import java.util.function.BooleanSupplier;

/** What a terminal's Ctrl-C and {@code kill} do while a job is done that wants to end in order. */
final class Signals implements AutoCloseable {

  /** The second signal ends the process even where nobody takes what is said on it. */
  private static final long LAST_WORDS_MILLIS = 1000;

  private final BooleanSupplier first;
  private final Runnable second;
  private final SignalHandlers handlers;
  private int exitCode;

  /**
   * Listens from now on.
   *
   * @param first what the first signal does; answers whether the job will end by itself, and if not
   *     the process ends
   * @param second says that the process ends at once, which it does at the second signal
   */
  Signals(BooleanSupplier first, Runnable second) {
    this.first = first;
    this.second = second;
    this.handlers = new SignalHandlers(this::received);
  }

  /**
   * Whether they are heard: {@code java -Xrs} leaves them to the system, which ends the process.
   */
  boolean areHeard() {
    return handlers.areHeard();
  }

  /** What the process is to answer; 0 if there was no signal. */
  synchronized int exitCode() {
    return exitCode;
  }

  private void received(int code) {
    boolean again;
    synchronized (this) {
      again = exitCode != 0;
      exitCode = code;
    }
    if (again) {
      halt(code);
    }
    if (!first.getAsBoolean()) {
      // From a thread of its own: it waits for what is done at the end, which may wait for signals.
      new Thread(() -> System.exit(code), "exit").start();
    }
  }

  private void halt(int code) {
    Thread words = new Thread(second, "last words");
    words.setDaemon(true);
    words.start();
    try {
      words.join(LAST_WORDS_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(code);
  }

  /** Gives the signals back. */
  @Override
  public void close() {
    handlers.close();
  }
}
