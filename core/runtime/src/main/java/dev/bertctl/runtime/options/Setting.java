// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.options;

import dev.bertctl.spi.Essential;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A setting that may be given.
 *
 * @param key its hyphenated key within a task's settings; {@code []} stands for any item of a list
 * @param form whether it is one value, a list of values or of objects, or a map of values or lists
 * @param type type of the value, of each list element, or of each map value
 * @param keyType type of a map's keys; {@code String} for any
 * @param required whether it must be given
 * @param unless a group that can be given instead; empty if there is none
 * @param defaultValue its default, as text
 * @param doc its description, empty if it has none
 * @param range limits of a number
 * @param essential whether it is among those that most users look at; empty if not
 */
public record Setting(
    String key,
    Form form,
    Class<?> type,
    Class<?> keyType,
    boolean required,
    Optional<String> unless,
    Optional<String> defaultValue,
    String doc,
    Optional<Range> range,
    Optional<Essential> essential) {

  private static final Set<Class<?>> INTEGERS =
      Set.of(Integer.class, Long.class, Short.class, Byte.class);
  private static final Set<Class<?>> DECIMALS = Set.of(Double.class, Float.class);

  /** What each value must be, as it follows "must be". */
  public String describeType() {
    String limits =
        range.map(Setting::describe).filter(text -> !text.isEmpty()).map(" "::concat).orElse("");
    if (isInteger()) {
      return "an integer" + limits;
    }
    if (isDecimal()) {
      return "a number" + limits;
    }
    if (type == Boolean.class) {
      return "true or false";
    }
    if (type.isEnum()) {
      return "one of " + String.join(", ", enumNames(type));
    }
    return type == Path.class ? "a path" : "a text";
  }

  /** Whether each value is an integer. */
  public boolean isInteger() {
    return INTEGERS.contains(type);
  }

  /** Whether each value is a number that need be no integer. */
  public boolean isDecimal() {
    return DECIMALS.contains(type);
  }

  /** Whether a number lies within the limits. */
  public boolean allows(Number number) {
    double value = number.doubleValue();
    return Double.isFinite(value)
        && range
            .map(
                r ->
                    value >= r.atLeast()
                        && value > r.above()
                        && value <= r.atMost()
                        && value < r.below())
            .orElse(true);
  }

  /** An enum's names as they are written in a configuration. */
  public static List<String> enumNames(Class<?> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
        .map(name -> name.replace('_', '-'))
        .toList();
  }

  private static String describe(Range range) {
    return Stream.of(
            limit("of at least ", range.atLeast()),
            limit("above ", range.above()),
            limit("of at most ", range.atMost()),
            limit("below ", range.below()))
        .flatMap(Optional::stream)
        .collect(Collectors.joining(" and "));
  }

  private static Optional<String> limit(String words, double value) {
    return Double.isInfinite(value)
        ? Optional.empty()
        : Optional.of(words + (value == Math.rint(value) ? "" + (long) value : "" + value));
  }

  /** Forms of settings. */
  public enum Form {
    SCALAR,
    LIST,
    /** A list of objects, whose keys are settings of their own below {@code key[]}. */
    OBJECTS,
    MAP,
    /** A map whose values are lists. */
    MAP_OF_LISTS;

    /** Whether keys stand below it. */
    public boolean isMap() {
      return this == MAP || this == MAP_OF_LISTS;
    }

    /** Whether what stands there is a list. */
    public boolean isList() {
      return this == LIST || this == MAP_OF_LISTS;
    }
  }
}
