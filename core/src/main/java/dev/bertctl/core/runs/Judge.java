// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.metric.Metric;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The value that evaluations are compared by.
 *
 * @param name one of the task's metrics, or {@code loss}
 * @param higherIsBetter its direction
 */
public record Judge(String name, boolean higherIsBetter) {

  private static final String LOSS = "loss";

  /**
   * As {@code train.best-metric} has it, or else the task's primary metric.
   *
   * @throws dev.bertctl.runtime.options.ConfigException if the task does not have it
   */
  public static Judge of(TaskConfig<?> config, Task<?, ?> task) {
    Metric<?, ?> metric = task.scoring().orElseThrow().metric();
    Optional<String> wanted = config.settings().train().bestMetric();
    wanted
        .filter(name -> !name.equals(LOSS) && !name.equals(metric.primary()))
        .ifPresent(name -> require(name, metric, config));
    String name = wanted.orElse(metric.primary());
    return new Judge(name, !name.equals(LOSS) && metric.higherIsBetter(name));
  }

  private static void require(String name, Metric<?, ?> metric, TaskConfig<?> config) {
    Set<String> names = new LinkedHashSet<>(metric.scorer().scores().values().keySet());
    names.add(LOSS);
    if (!names.contains(name)) {
      throw config.wrong(
          "train.best-metric",
          "the task has no metric '%s'; it has: %s".formatted(name, String.join(", ", names)));
    }
  }

  /** The value in an evaluation. */
  public double value(EvaluationResult result) {
    return name.equals(LOSS) ? result.loss() : result.metrics().get(name);
  }

  /**
   * Compares as a comparator does that has the better one first. Where the values are the same it
   * is the loss that counts: on a small set of easy data a model may be right throughout and still
   * learn to be sure.
   */
  public int compare(EvaluationResult one, EvaluationResult other) {
    int byValue = Double.compare(merit(other), merit(one));
    return byValue != 0 ? byValue : Double.compare(one.loss(), other.loss());
  }

  /** The higher the better. A score may be no number, as a correlation with constants is. */
  double merit(EvaluationResult result) {
    double value = value(result);
    if (Double.isNaN(value)) {
      return Double.NEGATIVE_INFINITY;
    }
    // Added, as -0 would be less than 0.
    return 0.0 + (higherIsBetter ? value : -value);
  }
}
