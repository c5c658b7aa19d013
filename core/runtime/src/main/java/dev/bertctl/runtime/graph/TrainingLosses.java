// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import dev.bertctl.runtime.tensorflow.SessionRun;
import dev.bertctl.spi.head.HeadOutput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The losses that are trained on: each the sum of its weighted values over the sum of its weights.
 *
 * <p>A batch that is computed in parts has the loss, and the gradients, of the whole if each part's
 * sums are divided by the weights of all parts together: those can be fed.
 */
final class TrainingLosses {

  /** A batch in which every target is left out has loss 0, not NaN. */
  private static final float LEAST_WEIGHT = 1e-6f;

  private final Map<String, Term> terms = new LinkedHashMap<>();
  private final Operand<TFloat32> total;

  /**
   * Adds the sums to the graph.
   *
   * @param losses by name, at least one
   */
  TrainingLosses(Ops tf, Map<String, HeadOutput.Loss> losses) {
    losses.forEach((name, loss) -> terms.put(name, term(tf, loss)));
    List<Operand<TFloat32>> parts = new ArrayList<>();
    losses.forEach(
        (name, loss) -> {
          Operand<TFloat32> mean = terms.get(name).mean();
          parts.add(
              loss.factor() == 1 ? mean : tf.math.mul(mean, tf.constant((float) loss.factor())));
        });
    this.total = parts.size() == 1 ? parts.get(0) : tf.math.addN(parts);
  }

  /** The weights are left out of the differentiation: they are data. */
  private static Term term(Ops tf, HeadOutput.Loss loss) {
    Operand<TFloat32> weights = tf.stopGradient(loss.weights());
    Operand<TFloat32> sum = tf.sum(tf.math.mul(loss.values(), weights), tf.constant(0));
    Operand<TFloat32> weight = tf.sum(weights, tf.constant(0));
    Operand<TFloat32> divisor = tf.placeholderWithDefault(weight, Shape.scalar());
    Operand<TFloat32> atLeast = tf.math.maximum(divisor, tf.constant(LEAST_WEIGHT));
    return new Term(weight, divisor, tf.math.div(sum, tf.stopGradient(atLeast)));
  }

  /** What is trained on: the sum of the means, each times its factor; scalar. */
  Operand<TFloat32> total() {
    return total;
  }

  /** The names, in the order in which the losses are fetched. */
  List<String> names() {
    return List.copyOf(terms.keySet());
  }

  /** Asks for the mean of each loss. */
  void fetchMeans(SessionRun run) {
    terms.values().forEach(term -> run.fetch(term.mean()));
  }

  /** Asks for the sum of each loss' weights. */
  void fetchWeights(SessionRun run) {
    terms.values().forEach(term -> run.fetch(term.weight()));
  }

  /**
   * Feeds what the sums are divided by; where it is not fed, it is the batch's own weights.
   *
   * @param weights of each loss, in the order of {@link #names}
   */
  void feedWeights(SessionRun run, double[] weights) {
    int index = 0;
    for (Term term : terms.values()) {
      run.feed(term.divisor(), weights[index++]);
    }
  }

  /**
   * One loss.
   *
   * @param weight sum of the weights, scalar
   * @param divisor what the weighted sum is divided by, scalar
   * @param mean the loss, scalar
   */
  private record Term(
      Operand<TFloat32> weight, Operand<TFloat32> divisor, Operand<TFloat32> mean) {}
}
