// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import com.google.re2j.Pattern;
import dev.bertctl.core.config.RowConditionSettings;
import dev.bertctl.runtime.rows.DataRow;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.Invisible;
import dev.bertctl.spi.data.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What is asked of one column for its row to be kept. */
final class RowCondition {

  /** Values that a reason names. */
  private static final int SHOWN = 5;

  private final String key;
  private final String column;
  private final boolean notEmpty;
  private final List<Check> others = new ArrayList<>();

  /**
   * @param key the condition's, such as {@code data.where[0]}
   * @param settings what is asked
   * @throws com.google.re2j.PatternSyntaxException if a regular expression is none
   */
  RowCondition(String key, RowConditionSettings settings) {
    this.key = key;
    this.column = Invisible.strip(settings.column());
    this.notEmpty = settings.notEmpty();
    settings.in().ifPresent(this::in);
    settings.notIn().ifPresent(this::notIn);
    settings.minLength().ifPresent(this::minLength);
    settings.maxLength().ifPresent(this::maxLength);
    settings.matches().ifPresent(this::matches);
    settings.notMatches().ifPresent(this::notMatches);
  }

  /**
   * @param failed what is said of a column that does not pass
   * @param passes whether a value passes
   */
  private record Check(String failed, Predicate<String> passes) {}

  private void in(List<String> values) {
    Set<String> allowed = stripped(values);
    String failed = (values.size() == 1 ? "is not " : "is none of ") + named(values);
    others.add(new Check(failed, text -> allowed.contains(Invisible.strip(text))));
  }

  private void notIn(List<String> values) {
    Set<String> refused = stripped(values);
    String failed = (values.size() == 1 ? "is " : "is one of ") + named(values);
    others.add(new Check(failed, text -> !refused.contains(Invisible.strip(text))));
  }

  private void minLength(int least) {
    others.add(
        new Check("has fewer than %,d characters".formatted(least), text -> length(text) >= least));
  }

  private void maxLength(int most) {
    others.add(
        new Check("has more than %,d characters".formatted(most), text -> length(text) <= most));
  }

  /** RE2 takes time in proportion to the text, whatever the expression. */
  private void matches(String expression) {
    Pattern pattern = Pattern.compile(expression);
    others.add(new Check("does not match " + expression, text -> pattern.matcher(text).find()));
  }

  private void notMatches(String expression) {
    Pattern pattern = Pattern.compile(expression);
    others.add(new Check("matches " + expression, text -> !pattern.matcher(text).find()));
  }

  private static Set<String> stripped(List<String> values) {
    return values.stream().map(Invisible::strip).collect(Collectors.toCollection(HashSet::new));
  }

  private static String named(List<String> values) {
    return String.join(", ", values.subList(0, Math.min(SHOWN, values.size())))
        + (values.size() > SHOWN ? ", ..." : "");
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  String key() {
    return key;
  }

  String column() {
    return column;
  }

  /** Whether anything is asked. */
  boolean asks() {
    return notEmpty || !others.isEmpty();
  }

  /**
   * Why a row is left out.
   *
   * @return empty if it is kept
   * @throws DataException if the row's file has no such column
   */
  Optional<String> failure(DataRow row) {
    row.requireColumn(column, key + ".column");
    Object value = row.columns().get(column);
    if (notEmpty && isEmpty(value)) {
      return Optional.of(reason("is empty"));
    }
    if (others.isEmpty()) {
      return Optional.empty();
    }
    String text = value == null ? "" : Row.text(row.location(), column, value);
    return others.stream()
        .filter(check -> !check.passes().test(text))
        .findFirst()
        .map(check -> reason(check.failed()));
  }

  private String reason(String failed) {
    return "where %s %s".formatted(column, failed);
  }

  private static boolean isEmpty(Object value) {
    if (value instanceof Collection<?> list) {
      return list.isEmpty();
    }
    if (value instanceof Map<?, ?> object) {
      return object.isEmpty();
    }
    return value == null || Invisible.strip(value.toString()).isBlank();
  }
}
