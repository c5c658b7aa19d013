// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.encoder;

import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.op.Operands;
import org.tensorflow.op.Ops;
import org.tensorflow.op.Scope;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TUint8;

/**
 * Dropout (Srivastava et al., 2014): zeroes a share of the values and divides the rest by the share
 * kept, so that the mean stays. At rate 0.5 the values (1, 1) become (0, 2) or another such draw.
 *
 * <p>A byte is drawn for each value, and the value is dropped where the byte is below a threshold.
 * A rate lies between two thresholds: each mask takes one of them by chance, such that every value
 * is dropped with the probability of the rate.
 */
public final class Dropout {

  private static final int BYTE_VALUES = 256;

  private final Ops tf;
  private final double rate;
  private final Optional<Seeds> seeds; // empty where nothing is dropped
  private Operand<TFloat32> mask;

  Dropout(Ops tf, double rate, Optional<Seeds> seeds) {
    this.tf = tf;
    this.rate = rate;
    this.seeds = seeds;
  }

  /**
   * What a mask is a function of.
   *
   * @param bytes of what is drawn for the values, [2]
   * @param threshold of what is drawn for the mask, another [2]
   */
  record Seeds(Operand<TInt64> bytes, Operand<TInt64> threshold) {}

  /** Same shape out as in; TensorFlow can differentiate it. */
  public Operand<TFloat32> forward(Operand<TFloat32> x) {
    if (seeds.isEmpty()) {
      return x;
    }
    mask = tf.math.mul(kept(x, seeds.get()), tf.constant(scale()));
    return tf.math.mul(x, mask);
  }

  /** Gradient of the output to gradient of the input. */
  Operand<TFloat32> backward(Operand<TFloat32> dy) {
    return seeds.isEmpty() ? dy : tf.math.mul(dy, mask);
  }

  /** Whether it drops anything. */
  boolean drops() {
    return seeds.isPresent();
  }

  /** What {@link #forward} would give, but for its {@link #scale}, which spares a pass. */
  Operand<TFloat32> unscaled(Operand<TFloat32> x) {
    return seeds.isEmpty() ? x : tf.math.mul(x, kept(x, seeds.get()));
  }

  /** By which {@link #forward} multiplies what it keeps. */
  float scale() {
    return seeds.isEmpty() ? 1 : (float) (1 / (1 - rate));
  }

  /** 1 where a value is kept, 0 where it is dropped; the values' shape. */
  private Operand<TFloat32> kept(Operand<TFloat32> x, Seeds drawn) {
    Operand<TUint8> bytes = bytes(tf.shape(x), drawn.bytes());
    Operand<TFloat32> between =
        tf.random.statelessRandomUniform(
            tf.constant(new int[0]), drawn.threshold(), TFloat32.class);
    Operand<TFloat32> threshold =
        tf.math.floor(tf.math.add(between, tf.constant((float) (rate * BYTE_VALUES))));
    Operand<TFloat32> largest = tf.constant((float) (BYTE_VALUES - 1));
    return tf.dtypes.cast(
        tf.math.greaterEqual(
            bytes, tf.dtypes.cast(tf.math.minimum(threshold, largest), TUint8.class)),
        TFloat32.class);
  }

  /** Random bytes; four are drawn at once, and what is over at the end of a row is cut off. */
  private Operand<TUint8> bytes(Operand<TInt32> shape, Operand<TInt64> seed) {
    Operand<TInt32> zero = tf.constant(new int[] {0});
    Operand<TInt32> minusOne = tf.constant(new int[] {-1});
    Operand<TInt32> rank = tf.shape(shape); // [1]
    Operand<TInt32> outer = tf.slice(shape, zero, tf.math.add(rank, minusOne));
    Operand<TInt32> last = tf.slice(shape, tf.math.add(rank, minusOne), minusOne); // [1]
    Operand<TInt32> four = tf.constant(new int[] {Integer.BYTES});
    Operand<TInt32> words =
        tf.math.floorDiv(tf.math.add(last, tf.constant(new int[] {Integer.BYTES - 1})), four);
    Operand<TUint8> drawn =
        tf.bitcast(integers(tf.concat(List.of(outer, words), tf.constant(0)), seed), TUint8.class);
    Operand<TInt32> rows = tf.concat(List.of(outer, tf.math.mul(words, four)), tf.constant(0));
    return tf.slice(tf.reshape(drawn, rows), tf.zerosLike(shape), shape);
  }

  /** Random integers of 32 bits, each as likely as any other. */
  private Operand<TInt32> integers(Operand<TInt32> shape, Operand<TInt64> seed) {
    Scope scope = tf.scope();
    Operation op =
        scope
            .env()
            .opBuilder("StatelessRandomUniformFullInt", scope.makeOpName("RandomIntegers"), scope)
            .addInput(shape.asOutput())
            .addInput(seed.asOutput())
            .setAttr("dtype", Operands.toDataType(TInt32.class))
            .build();
    return op.output(0);
  }
}
