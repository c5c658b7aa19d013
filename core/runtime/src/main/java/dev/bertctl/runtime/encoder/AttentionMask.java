// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.encoder;

import dev.bertctl.spi.head.EncoderNeed;
import dev.bertctl.spi.head.Head;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Which tokens a token attends to. */
public enum AttentionMask {
  /** All tokens of its sequence. */
  BIDIRECTIONAL {
    @Override
    Operand<TFloat32> bias(Ops tf, EncoderInput input) {
      return padding(tf, input);
    }
  },
  /** Itself and the tokens before. */
  CAUSAL {
    @Override
    Operand<TFloat32> bias(Ops tf, EncoderInput input) {
      Operand<TInt32> places = tf.range(tf.constant(0), input.tokens(), tf.constant(1)); // [T]
      Operand<TInt32> seen =
          tf.dtypes.cast(
              tf.math.lessEqual(
                  tf.expandDims(places, tf.constant(0)), tf.expandDims(places, tf.constant(1))),
              TInt32.class); // [T,T], the attending token first
      return tf.math.add(padding(tf, input), Padding.bias(tf, seen)); // [N,1,T,T]
    }
  };

  /** What a task's head needs; bidirectional unless it says otherwise. */
  public static AttentionMask of(Head head) {
    return head.needs().contains(EncoderNeed.CAUSAL_ATTENTION) ? CAUSAL : BIDIRECTIONAL;
  }

  /**
   * What is added to attention scores: 0 for tokens that are seen, a large negative number for
   * others.
   *
   * @return of a shape that [N,A,T,T] can be added to
   */
  abstract Operand<TFloat32> bias(Ops tf, EncoderInput input);

  private static Operand<TFloat32> padding(Ops tf, EncoderInput input) {
    Operand<TInt32> one = tf.constant(1);
    return tf.reshape(
        Padding.bias(tf, input.mask()),
        tf.stack(List.of(input.sequences(), one, one, input.tokens()))); // [N,1,1,T]
  }
}
