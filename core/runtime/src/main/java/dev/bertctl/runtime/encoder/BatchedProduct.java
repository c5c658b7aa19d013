// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.encoder;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.Scope;
import org.tensorflow.types.family.TFloating;

/**
 * Products of matrices, of which there are many in the outer axes: {@code [...,m,k]} and {@code
 * [...,k,n]} give {@code [...,m,n]}.
 *
 * <p>The op is BatchMatMulV2: for it TensorFlow takes oneDNN's product, for BatchMatMulV3, which
 * Java's methods make, one that is half as fast.
 */
public final class BatchedProduct {

  private BatchedProduct() {}

  /** The products as they stand. */
  public static <T extends TFloating> Operand<T> of(Ops tf, Operand<T> a, Operand<T> b) {
    return of(tf, a, b, false, false);
  }

  /**
   * The products of matrices of which some are transposed.
   *
   * @param transposeA whether a holds {@code [...,k,m]}
   * @param transposeB whether b holds {@code [...,n,k]}
   */
  static <T extends TFloating> Operand<T> of(
      Ops tf, Operand<T> a, Operand<T> b, boolean transposeA, boolean transposeB) {
    Scope scope = tf.scope();
    return scope
        .env()
        .opBuilder("BatchMatMulV2", scope.makeOpName("BatchMatMul"), scope)
        .addInput(a.asOutput())
        .addInput(b.asOutput())
        .setAttr("adj_x", transposeA)
        .setAttr("adj_y", transposeB)
        .build()
        .output(0);
  }
}
