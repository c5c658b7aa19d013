// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.training;

import dev.bertctl.runtime.graph.BertModel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Notices that a training diverges: a loss or gradient that is no number, or a mean loss of ten
 * steps that is ten times that of the first ten, and more than 10.
 */
final class Divergence {

  private static final int WINDOW = 10;
  private static final double FACTOR = 10;

  private final Deque<Double> losses = new ArrayDeque<>();
  private double sum;
  private double first = Double.NaN;

  /** What is wrong after a step, if anything. */
  Optional<String> after(BertModel.Trained trained) {
    if (!Double.isFinite(trained.loss()) || !Double.isFinite(trained.gradientNorm())) {
      return Optional.of(
          "loss %s, gradient norm %s".formatted(trained.loss(), trained.gradientNorm()));
    }
    losses.add(trained.loss());
    sum += trained.loss();
    if (losses.size() > WINDOW) {
      sum -= losses.remove();
    }
    if (losses.size() < WINDOW) {
      return Optional.empty();
    }
    double mean = sum / WINDOW;
    if (Double.isNaN(first)) {
      first = mean;
    }
    return mean > FACTOR * Math.max(1, first)
        ? Optional.of(
            "the mean loss of %d steps is %.4g, and was %.4g at first"
                .formatted(WINDOW, mean, first))
        : Optional.empty();
  }
}
