// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.application.PrintedStream;
import dev.bertctl.cli.Progress.Unit;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Shows on standard error how far a long job is: one stretch of work (an epoch, a download) after
 * another. On a terminal it is a bar that is drawn again and again; elsewhere, as in a log, a line
 * whenever another tenth is done or half a minute has passed.
 *
 * <p>Used by one thread at a time. What else is printed meanwhile goes through {@link #say}.
 */
final class ProgressView implements AutoCloseable {

  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);
  private static final Duration BETWEEN_DRAWINGS = Duration.ofMillis(100);
  private static final String START_OF_EMPTY_LINE = PrintedStream.own("\r\033[K");

  /** A window that has become narrower cuts the line, and does not go on in a new one. */
  private static final String NO_WRAPPING = PrintedStream.own("\033[?7l");

  private static final String WRAPPING = PrintedStream.own("\033[?7h");

  private final PrintStream err;
  private final int columns;
  private final Clock clock;
  private Progress progress;
  private Instant begun;
  private Progress shown;
  private Instant shownAt;

  /**
   * @param columns width of the terminal; 0 where there is none
   */
  ProgressView(PrintStream err, int columns, Clock clock) {
    this.err = err;
    this.columns = columns;
    this.clock = clock;
  }

  /** For standard error as the launcher found it: Java cannot tell whether it is a terminal. */
  static ProgressView onStandardError() {
    return new ProgressView(
        System.err, Integer.getInteger("bertctl.columns", 0), Clock.systemUTC());
  }

  /**
   * Begins a stretch of work; the one before it ends.
   *
   * @param title what is being done, such as {@code epoch 1/3}
   * @param total how much there is to do; 0 where that is not known
   */
  void start(String title, long total, Unit unit) {
    finish();
    begun = clock.instant();
    progress = new Progress(title, unit, total, 0, Duration.ZERO, "");
    shown = progress;
    shownAt = begun;
    if (columns > 0) {
      show();
    }
  }

  /**
   * Tells how much is done.
   *
   * @param extra more to show beside it, such as {@code loss 0.693}; may be empty
   */
  void update(long done, String extra) {
    Instant now = clock.instant();
    progress = progress.at(done, Duration.between(begun, now), extra);
    Duration sinceShown = Duration.between(shownAt, now);
    boolean due =
        columns > 0
            ? sinceShown.compareTo(BETWEEN_DRAWINGS) >= 0
            : progress.tenths() > shown.tenths() || sinceShown.compareTo(LONGEST_SILENCE) >= 0;
    if (due) {
      show();
    }
  }

  /** Prints a line; the stretch of work goes on. */
  void say(String line) {
    boolean drawn = progress != null && columns > 0;
    err.println(drawn ? START_OF_EMPTY_LINE + line : line);
    if (drawn) {
      show();
    }
  }

  /** Ends the stretch of work, complete or not; does nothing if none is under way. */
  void finish() {
    if (progress == null) {
      return;
    }
    if (!progress.equals(shown)) {
      show();
    }
    if (columns > 0) {
      err.println();
    }
    progress = null;
  }

  @Override
  public void close() {
    finish();
  }

  private void show() {
    if (columns > 0) {
      // One column stays free: some terminals wrap when the last one is written.
      err.print(START_OF_EMPTY_LINE + NO_WRAPPING + progress.bar(columns - 1) + WRAPPING);
    } else {
      err.println(progress.line());
    }
    err.flush();
    shown = progress;
    shownAt = clock.instant();
  }
}
