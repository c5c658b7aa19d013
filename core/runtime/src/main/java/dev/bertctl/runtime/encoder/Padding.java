// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.encoder;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Keeps out of a softmax what is not to be seen. */
public final class Padding {

  /**
   * Added to a score; after softmax nothing of it is left. float16 has the number, and that of two
   * masks together, which it has not of -1e9: 0 times what it makes of that is no number.
   */
  public static final float SCORE = -3e4f;

  /** No score is so low of itself. */
  private static final float LOWEST = SCORE / 2;

  private Padding() {}

  /**
   * What is added to scores.
   *
   * @param mask 1 for what counts, 0 for the rest, of any shape
   * @return 0 where the mask is 1 and a large negative number where it is 0, of the same shape
   */
  public static Operand<TFloat32> bias(Ops tf, Operand<TInt32> mask) {
    Operand<TFloat32> hidden =
        tf.dtypes.cast(tf.math.sub(tf.constant(1), mask), TFloat32.class); // 1 where not seen
    return tf.math.mul(hidden, tf.constant(SCORE));
  }

  /**
   * Tells what was kept out.
   *
   * @param scores some of which {@link #bias} may have lowered, of any shape
   * @return 1 for what counts, 0 for the rest, of the same shape
   */
  public static Operand<TFloat32> unmasked(Ops tf, Operand<TFloat32> scores) {
    return tf.dtypes.cast(tf.math.greater(scores, tf.constant(LOWEST)), TFloat32.class);
  }
}
