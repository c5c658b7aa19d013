// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.predict;

import dev.bertctl.server.problem.ProblemException;
import dev.bertctl.server.problem.ProblemType;
import java.time.Duration;

/**
 * Until when a request has to be done.
 *
 * @param nanos of {@link System#nanoTime}
 * @param whole how long it was given
 */
public record Deadline(long nanos, Duration whole) {

  /** The header by which a client gives a request less time, in seconds. */
  public static final String HEADER = "X-Request-Timeout";

  /** A time from now. */
  public static Deadline in(Duration duration) {
    return new Deadline(System.nanoTime() + duration.toNanos(), duration);
  }

  /**
   * A time from now, or less if the client wants so.
   *
   * @param most the longest
   * @param header the value of {@link #HEADER}; null without one
   * @throws ProblemException if it is no time in seconds
   */
  public static Deadline in(Duration most, String header) {
    if (header == null) {
      return in(most);
    }
    Duration wanted = seconds(header.strip());
    return in(wanted.compareTo(most) < 0 ? wanted : most);
  }

  private static Duration seconds(String text) {
    if (!text.matches("\\d{1,9}(\\.\\d{1,9})?")) {
      throw new ProblemException(
          ProblemType.VALIDATION, "%s is '%s'; give seconds, such as 2.5".formatted(HEADER, text));
    }
    return Duration.ofNanos((long) (Double.parseDouble(text) * 1e9));
  }

  /** What is left; 0 if nothing. */
  public Duration left() {
    return Duration.ofNanos(Math.max(0, nanos - System.nanoTime()));
  }

  /** What a request gets that was not done by then. */
  public ProblemException exceeded() {
    return new ProblemException(
        ProblemType.DEADLINE_EXCEEDED,
        "not done within %s s; its rows are no longer computed".formatted(whole.toNanos() / 1e9));
  }
}
