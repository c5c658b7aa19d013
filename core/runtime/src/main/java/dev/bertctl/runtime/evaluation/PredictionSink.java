// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.evaluation;

/**
 * Takes predictions while they are made, in the examples' order.
 *
 * @param <X> an example
 * @param <P> a prediction
 */
@FunctionalInterface
public interface PredictionSink<X, P> {

  /** Takes an example and the prediction for it. */
  void accept(X example, P prediction);

  /** Both, one after the other. */
  default PredictionSink<X, P> and(PredictionSink<X, P> other) {
    return (example, prediction) -> {
      accept(example, prediction);
      other.accept(example, prediction);
    };
  }

  /** Takes them nowhere. */
  static <X, P> PredictionSink<X, P> none() {
    return (example, prediction) -> {};
  }
}
