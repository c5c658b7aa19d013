// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.pages;

import io.quarkus.qute.ValueResolver;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * How templates show numbers: {@code {value.share}} is 0.8312, {@code {value.difference}} +0.8312,
 * {@code {value.signed}} +0.831, {@code {value.percent}} 83.1 %, {@code {value.percents}} 83 %,
 * {@code {value.count}} 12,345, {@code {value.short}} four digits at most, {@code {value.fixed}}
 * 0.83; {@code {value.p}} a p-value, {@code {value.number}} a count or a share, {@code
 * {value.duration}} of seconds 1 min 05 s. What is not known is a dash.
 */
final class Numbers {

  /** What four digits can tell from 0. */
  private static final double LEAST_P = 0.0001;

  private static final String UNKNOWN = "–";

  private Numbers() {}

  static List<ValueResolver> resolvers() {
    return List.of(
        resolver("share", value -> format("%.4f", value)),
        resolver("difference", value -> format("%+.4f", value)),
        resolver("percent", value -> format("%.1f %%", 100 * value)),
        resolver("percents", value -> format("%.0f %%", 100 * value)),
        resolver("count", value -> format("%,.0f", value)),
        resolver("short", value -> format("%.4g", value)),
        resolver("signed", Numbers::signed),
        resolver("fixed", value -> format("%.2f", value)),
        resolver("p", value -> value < LEAST_P ? "< 0.0001" : format("%.4f", value)),
        of("number", Numbers::number),
        resolver("duration", Numbers::duration));
  }

  /** What is rounded to 0 has no sign. */
  private static String signed(double value) {
    return format(Math.abs(value) < 0.0005 ? "0.000" : "%+.3f", value);
  }

  /** Integers are counts, others shares. */
  private static String number(Number value) {
    return value instanceof Double || value instanceof Float
        ? format("%.4f", value.doubleValue())
        : format("%,.0f", value.doubleValue());
  }

  private static String duration(double seconds) {
    long whole = Math.round(seconds);
    if (seconds < 10) {
      return format("%.1f s", seconds);
    }
    if (whole < 60) {
      return "%d s".formatted(whole);
    }
    return whole < 3600
        ? "%d min %02d s".formatted(whole / 60, whole % 60)
        : "%d h %02d min".formatted(whole / 3600, whole % 3600 / 60);
  }

  private static ValueResolver resolver(String name, Function<Double, String> shown) {
    return of(name, value -> shown.apply(value.doubleValue()));
  }

  private static ValueResolver of(String name, Function<Number, String> shown) {
    return ValueResolver.builder()
        .applyToBaseClass(Number.class)
        .applyToName(name)
        .resolveSync(context -> shown.apply((Number) context.getBase()))
        .build();
  }

  private static String format(String format, double value) {
    return Double.isNaN(value) ? UNKNOWN : String.format(Locale.ROOT, format, value);
  }
}
