// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import dev.bertctl.runtime.encoder.Parameter;
import dev.bertctl.runtime.tensorflow.SessionRun;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Gradient descent, with a decaying sum of gradients where there is momentum. */
final class SgdRule implements UpdateRule {

  private final double momentum;

  SgdRule(OptimizerSpec.Sgd spec) {
    this.momentum = spec.momentum();
  }

  @Override
  public List<String> slots() {
    return momentum == 0 ? List.of() : List.of("momentum");
  }

  @Override
  public boolean decouplesDecay() {
    return false;
  }

  @Override
  public Op apply(
      Ops tf,
      Parameter parameter,
      List<Operand<?>> slots,
      Operand<TFloat32> gradient,
      Operand<TFloat32> rate) {
    return momentum == 0
        ? tf.train.resourceApplyGradientDescent(parameter.handle(), rate, gradient)
        : tf.train.resourceApplyMomentum(
            parameter.handle(), slots.get(0), rate, gradient, tf.constant((float) momentum));
  }

  /** No step differs from another. */
  @Override
  public void feed(SessionRun run, long step) {}
}
