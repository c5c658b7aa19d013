// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.encoder;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;

/**
 * A batch as the encoder takes it; N and T may differ from batch to batch.
 *
 * @param ids vocabulary ids, int32 [N,T]
 * @param segments segment ids, int32 [N,T]
 * @param mask 1 for tokens, 0 for padding, int32 [N,T]
 * @param sequences N, int32 scalar
 * @param tokens T, int32 scalar
 */
public record EncoderInput(
    Operand<TInt32> ids,
    Operand<TInt32> segments,
    Operand<TInt32> mask,
    Operand<TInt32> sequences,
    Operand<TInt32> tokens) {

  /** Takes N and T from the ids. */
  public static EncoderInput of(
      Ops tf, Operand<TInt32> ids, Operand<TInt32> segments, Operand<TInt32> mask) {
    Operand<TInt32> shape = tf.shape(ids);
    return new EncoderInput(
        ids,
        segments,
        mask,
        tf.gather(shape, tf.constant(0), tf.constant(0)),
        tf.gather(shape, tf.constant(1), tf.constant(0)));
  }
}
