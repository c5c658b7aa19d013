// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.output;

import dev.bertctl.runtime.UserException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many of a prediction's probabilities are written: the field {@code probabilities}.
 *
 * @param most the likeliest ones that are; {@link Integer#MAX_VALUE} for all in the labels' order,
 *     0 for none
 */
public record Probabilities(int most) {

  /** All of them. */
  public static final Probabilities ALL = new Probabilities(Integer.MAX_VALUE);

  /** What the field is called. */
  static final String FIELD = "probabilities";

  private static final String TOP = "top:";

  /**
   * Reads {@code all}, {@code none} or {@code top:N}.
   *
   * @throws IllegalArgumentException if it is none of them
   */
  public static Probabilities parse(String text) {
    if (text.equals("all")) {
      return ALL;
    }
    if (text.equals("none")) {
      return new Probabilities(0);
    }
    if (text.matches(TOP + "[1-9][0-9]{0,8}")) {
      return new Probabilities(Integer.parseInt(text.substring(TOP.length())));
    }
    throw new IllegalArgumentException("'%s' is none of all, none, top:N".formatted(text));
  }

  /** Whether some are kept and some are not. */
  boolean areLikeliest() {
    return most > 0 && most < Integer.MAX_VALUE;
  }

  /** Leaves in a row what is to be written. */
  void keepIn(Map<String, Object> row) {
    if (most == Integer.MAX_VALUE || !row.containsKey(FIELD)) {
      return;
    }
    if (most == 0) {
      row.remove(FIELD);
    } else if (row.get(FIELD) instanceof Map<?, ?> all) {
      row.put(FIELD, likeliest(all));
    } else {
      throw new UserException(
          "--probabilities %s: the probabilities of this task have no names, and cannot be put into another order; write all or none"
              .formatted(this));
    }
  }

  private Map<Object, Object> likeliest(Map<?, ?> all) {
    Map<Object, Object> likeliest = new LinkedHashMap<>();
    all.entrySet().stream()
        .sorted(
            Comparator.comparingDouble(
                (Map.Entry<?, ?> entry) -> -((Number) entry.getValue()).doubleValue()))
        .limit(most)
        .forEach(entry -> likeliest.put(entry.getKey(), entry.getValue()));
    return likeliest;
  }

  @Override
  public String toString() {
    return most == Integer.MAX_VALUE ? "all" : most == 0 ? "none" : TOP + most;
  }
}
