// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import java.time.Duration;
import java.util.Locale;

/**
 * How far a stretch of work is.
 *
 * @param title what is being done
 * @param unit what is counted
 * @param total how much there is to do; 0 where that is not known
 * @param done how much of it is done
 * @param elapsed since the beginning
 * @param extra more to show beside it; may be empty
 */
record Progress(String title, Unit unit, long total, long done, Duration elapsed, String extra) {

  /** Before this a speed would be that of the first buffer or batch, and nobody's guide. */
  private static final double FIRST_SPEED_SECONDS = 1;

  /** What is counted. */
  enum Unit {
    /** Rows of data. */
    EXAMPLES(1, "examples", "/s"),
    /** What the model sees at once, where one example may make several. */
    WINDOWS(1, "windows", "/s"),
    /** Bytes, shown in megabytes of 10^6. */
    BYTES(1_000_000, "MB", " MB/s");

    private final int size;
    private final String shown;
    private final String perSecond;

    Unit(int size, String shown, String perSecond) {
      this.size = size;
      this.shown = shown;
      this.perSecond = perSecond;
    }
  }

  /** The same work later. */
  Progress at(long nowDone, Duration nowElapsed, String nowExtra) {
    return new Progress(title, unit, total, nowDone, nowElapsed, nowExtra);
  }

  /** How many tenths are done. */
  long tenths() {
    return total == 0 ? 0 : 10 * done / total;
  }

  /** A line for a log. */
  String line() {
    return title + ": " + facts(", ");
  }

  /** A line with a bar, for a terminal; exactly this wide if the facts leave room for the bar. */
  String bar(int width) {
    if (total == 0) {
      String text = title + "  " + facts("  ");
      return text.substring(0, Math.min(text.length(), width));
    }
    String before = "%s %3d%% ".formatted(title, 100 * done / total);
    String after = "  " + facts("  ");
    int room = Math.max(0, width - before.length() - after.length());
    int full = (int) (room * Math.min(done, total) / total);
    String text = before + "━".repeat(full) + " ".repeat(room - full) + after;
    return text.substring(0, Math.min(text.length(), width));
  }

  private String facts(String separator) {
    StringBuilder facts = new StringBuilder();
    facts.append(done / unit.size);
    if (total > 0) {
      facts.append('/').append(total / unit.size);
    }
    facts.append(' ').append(unit.shown);
    double seconds = elapsed.toMillis() / 1000.0;
    if (done > 0 && seconds >= FIRST_SPEED_SECONDS) {
      double speed = done / seconds;
      facts
          .append(separator)
          .append(String.format(Locale.ROOT, "%.1f%s", speed / unit.size, unit.perSecond));
      if (total > 0) {
        facts.append(separator);
        facts.append(
            done < total
                ? time(Math.round((total - done) / speed)) + " left"
                : "took " + time(Math.round(seconds)));
      }
    }
    if (!extra.isEmpty()) {
      facts.append(separator).append(extra);
    }
    return facts.toString();
  }

  private static String time(long seconds) {
    return seconds < 3600
        ? "%d:%02d".formatted(seconds / 60, seconds % 60)
        : "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
  }
}
