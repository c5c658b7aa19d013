// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.encoder;

import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;

/**
 * Gives each place of a graph its own stream of dropout masks.
 *
 * <p>A mask is a pure function of the step's seed and of the place, so that a run can be repeated,
 * and a resumed run draws what the uninterrupted one would have drawn.
 */
public final class DropoutSource {

  private final Ops tf;
  private final Optional<Operand<TInt64>> seed;
  private long places;

  /**
   * @param tf ops of the graph
   * @param seed the step's seed, int64 scalar; empty for inference, where nothing is dropped
   */
  public DropoutSource(Ops tf, Optional<Operand<TInt64>> seed) {
    this.tf = tf;
    this.seed = seed;
  }

  /** Whether this is the computation that trains. */
  public boolean training() {
    return seed.isPresent();
  }

  /**
   * A new place.
   *
   * @param rate share of values to drop, from 0 to below 1
   */
  public Dropout at(double rate) {
    long place = places++;
    return new Dropout(
        tf,
        rate,
        seed.filter(s -> rate > 0)
            .map(s -> new Dropout.Seeds(stream(s, place), stream(s, -1 - place))));
  }

  private Operand<TInt64> stream(Operand<TInt64> step, long number) {
    return tf.stack(List.of(step, tf.constant(number)));
  }
}
