// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import dev.bertctl.runtime.encoder.Parameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Variables that sum up the gradients of a batch's parts. They take no memory before a batch comes
 * in parts.
 *
 * @param all by parameter
 */
record Accumulators(Map<Parameter, Accumulator> all) {

  static Accumulators of(Ops tf, Map<Parameter, Operand<TFloat32>> gradients) {
    Map<Parameter, Accumulator> all = new LinkedHashMap<>();
    gradients.forEach(
        (parameter, gradient) -> all.put(parameter, Accumulator.of(tf, parameter, gradient)));
    return new Accumulators(all);
  }

  /** What takes the gradients of the first part. */
  List<Op> assign() {
    return all.values().stream().map(Accumulator::assign).toList();
  }

  /** What adds those of another part. */
  List<Op> add() {
    return all.values().stream().map(Accumulator::add).toList();
  }

  /** The sums, by parameter. */
  Map<Parameter, Operand<TFloat32>> sums() {
    Map<Parameter, Operand<TFloat32>> sums = new LinkedHashMap<>();
    all.forEach((parameter, accumulator) -> sums.put(parameter, accumulator.sum()));
    return sums;
  }

  /**
   * The variable of one parameter.
   *
   * @param handle the variable
   * @param assign takes the gradient of the first part
   * @param add adds that of another part
   * @param sum its value
   */
  record Accumulator(Operand<?> handle, Op assign, Op add, Operand<TFloat32> sum) {

    static Accumulator of(Ops tf, Parameter parameter, Operand<TFloat32> gradient) {
      Operand<?> handle = Optimizer.Slot.of(tf, "accumulator", parameter).handle();
      return new Accumulator(
          handle,
          tf.assignVariableOp(handle, gradient),
          tf.assignAddVariableOp(handle, gradient),
          tf.readVariableOp(handle, TFloat32.class));
    }
  }
}
