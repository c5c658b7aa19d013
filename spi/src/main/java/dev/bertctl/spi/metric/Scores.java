// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.metric;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a metric found.
 *
 * <p>{@code Scores.of(Map.of("accuracy", 0.75))} is shown as {@code accuracy 0.7500}.
 *
 * @param values numbers by their usual names (accuracy, f1, precision, recall, exact_match), as
 *     shares of 1, in the order they are to be shown; one that is not defined is {@code NaN}, and
 *     an epoch whose primary metric is {@code NaN} counts as the worst
 * @param details what explains them: per class, confusion matrix
 */
public record Scores(Map<String, Double> values, List<Detail> details) {

  /**
   * Copies map and list, keeping their order.
   *
   * @param values numbers by their usual names
   * @param details what explains them
   */
  public Scores {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    details = List.copyOf(details);
  }

  /**
   * {@return a detail, if there is one of this name}
   *
   * @param name such as {@code per_class}
   */
  public Optional<Detail> detail(String name) {
    return details.stream().filter(detail -> detail.name().equals(name)).findFirst();
  }

  /**
   * {@return values that need no explanation}
   *
   * @param values numbers by their usual names
   */
  public static Scores of(Map<String, Double> values) {
    return new Scores(values, List.of());
  }
}
