// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import dev.bertctl.runtime.encoder.Parameter;
import dev.bertctl.runtime.tensorflow.SessionRun;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** What an optimizer does with the gradient of one parameter. */
interface UpdateRule {

  static UpdateRule of(Ops tf, OptimizerSpec spec) {
    if (spec instanceof OptimizerSpec.AdamW adamw) {
      return new AdamRule(tf, true, adamw.beta1(), adamw.beta2(), adamw.epsilon());
    }
    if (spec instanceof OptimizerSpec.Adam adam) {
      return new AdamRule(tf, false, adam.beta1(), adam.beta2(), adam.epsilon());
    }
    return new SgdRule((OptimizerSpec.Sgd) spec);
  }

  /** What it remembers of each parameter, one variable each of the parameter's shape. */
  List<String> slots();

  /** Whether weight decay is taken off the weights, and not added to the gradient. */
  boolean decouplesDecay();

  /**
   * Adds the update of a parameter.
   *
   * @param tf ops that run after all that the update has to wait for
   * @param slots the parameter's variables, in the order of {@link #slots}
   * @param gradient clipped
   * @param rate the parameter's learning rate, scalar
   */
  Op apply(
      Ops tf,
      Parameter parameter,
      List<Operand<?>> slots,
      Operand<TFloat32> gradient,
      Operand<TFloat32> rate);

  /**
   * Feeds what depends on the number of the step.
   *
   * @param step from 1
   */
  void feed(SessionRun run, long step);
}
