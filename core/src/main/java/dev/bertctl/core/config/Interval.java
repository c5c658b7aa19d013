// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.config;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often something is done in a training, such as {@code 200 steps}, {@code 0.5 epochs} or
 * {@code 15 minutes}.
 *
 * @param count how many of the unit
 * @param unit what is counted
 */
public record Interval(double count, Unit unit) {

  private static final Pattern FORM =
      Pattern.compile("(\\d+(?:\\.\\d+)?) *(step|epoch|minute)s?", Pattern.CASE_INSENSITIVE);

  /** What is counted. */
  public enum Unit {
    /** Updates of the weights. */
    STEP,
    /** Passes over the training data. */
    EPOCH,
    /** Of the time that the run has used. */
    MINUTE
  }

  /**
   * Reads what {@link #toString} gives.
   *
   * @throws IllegalArgumentException if it is none; its message goes on after the key
   */
  public static Interval of(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "must be a number of steps, epochs or minutes, such as '200 steps', not '%s'"
              .formatted(text));
    }
    double count = Double.parseDouble(matcher.group(1));
    Unit unit = Unit.valueOf(matcher.group(2).toUpperCase(Locale.ROOT));
    if (count <= 0) {
      throw new IllegalArgumentException("must be more than 0, not '%s'".formatted(text));
    }
    if (unit == Unit.STEP && count != Math.rint(count)) {
      throw new IllegalArgumentException("must be whole steps, not '%s'".formatted(text));
    }
    return new Interval(count, unit);
  }

  @Override
  public String toString() {
    String number = count == Math.rint(count) ? Long.toString((long) count) : "" + count;
    return "%s %s%s".formatted(number, unit.name().toLowerCase(Locale.ROOT), count == 1 ? "" : "s");
  }
}
