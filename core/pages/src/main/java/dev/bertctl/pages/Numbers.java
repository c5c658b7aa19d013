// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.pages;

import io.quarkus.qute.ValueResolver;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * How templates show numbers: {@code {value.share}} is 0.8312, {@code {value.percent}} 83.1 %,
 * {@code {value.percents}} 83 %, {@code {value.count}} 12,345, {@code {value.short}} four digits at
 * most. What is not known is a dash.
 */
final class Numbers {

  private static final String UNKNOWN = "–";

  private Numbers() {}

  static List<ValueResolver> resolvers() {
    return List.of(
        resolver("share", value -> format("%.4f", value)),
        resolver("percent", value -> format("%.1f %%", 100 * value)),
        resolver("percents", value -> format("%.0f %%", 100 * value)),
        resolver("count", value -> format("%,.0f", value)),
        resolver("short", value -> format("%.4g", value)),
        resolver("signed", Numbers::signed));
  }

  /** What is rounded to 0 has no sign. */
  private static String signed(double value) {
    return format(Math.abs(value) < 0.0005 ? "0.000" : "%+.3f", value);
  }

  private static ValueResolver resolver(String name, Function<Double, String> shown) {
    return ValueResolver.builder()
        .applyToBaseClass(Number.class)
        .applyToName(name)
        .resolveSync(context -> shown.apply(((Number) context.getBase()).doubleValue()))
        .build();
  }

  private static String format(String format, double value) {
    return Double.isNaN(value) ? UNKNOWN : String.format(Locale.ROOT, format, value);
  }
}
