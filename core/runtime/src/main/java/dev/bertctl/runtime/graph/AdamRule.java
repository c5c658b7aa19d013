// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import dev.bertctl.runtime.encoder.Parameter;
import dev.bertctl.runtime.tensorflow.SessionRun;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** Adam and AdamW: running means of the gradient ({@code m}) and of its square ({@code v}). */
final class AdamRule implements UpdateRule {

  private final boolean decouplesDecay;
  private final double beta1;
  private final double beta2;
  private final double epsilon;
  private final Operand<TFloat32> beta1Power;
  private final Operand<TFloat32> beta2Power;
  private final Operand<TFloat32> epsilonOfStep;

  AdamRule(Ops tf, boolean decouplesDecay, double beta1, double beta2, double epsilon) {
    this.decouplesDecay = decouplesDecay;
    this.beta1 = beta1;
    this.beta2 = beta2;
    this.epsilon = epsilon;
    this.beta1Power = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    this.beta2Power = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    this.epsilonOfStep = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
  }

  @Override
  public List<String> slots() {
    return List.of("m", "v");
  }

  @Override
  public boolean decouplesDecay() {
    return decouplesDecay;
  }

  @Override
  public Op apply(
      Ops tf,
      Parameter parameter,
      List<Operand<?>> slots,
      Operand<TFloat32> gradient,
      Operand<TFloat32> rate) {
    return tf.train.resourceApplyAdam(
        parameter.handle(),
        slots.get(0),
        slots.get(1),
        beta1Power,
        beta2Power,
        rate,
        tf.constant((float) beta1),
        tf.constant((float) beta2),
        epsilonOfStep,
        gradient);
  }

  @Override
  public void feed(SessionRun run, long step) {
    double power = Math.pow(beta2, step);
    run.feed(beta1Power, Math.pow(beta1, step))
        .feed(beta2Power, power)
        // TensorFlow adds epsilon to the uncorrected deviation; so it is the same as adding it
        // after correction.
        .feed(epsilonOfStep, epsilon * Math.sqrt(1 - power));
  }
}
