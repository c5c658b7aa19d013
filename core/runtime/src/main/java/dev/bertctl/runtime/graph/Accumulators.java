// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import dev.bertctl.runtime.encoder.Parameter;
import java.util.ArrayList;
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
 * @param assign takes the gradients of the first part
 * @param add adds those of another part
 * @param sums by parameter
 */
record Accumulators(List<Op> assign, List<Op> add, Map<Parameter, Operand<TFloat32>> sums) {

  static Accumulators of(Ops tf, Map<Parameter, Operand<TFloat32>> gradients) {
    List<Op> assign = new ArrayList<>();
    List<Op> add = new ArrayList<>();
    Map<Parameter, Operand<TFloat32>> sums = new LinkedHashMap<>();
    gradients.forEach(
        (parameter, gradient) -> {
          Operand<?> sum = Optimizer.Slot.of(tf, "accumulator", parameter).handle();
          assign.add(tf.assignVariableOp(sum, gradient));
          add.add(tf.assignAddVariableOp(sum, gradient));
          sums.put(parameter, tf.readVariableOp(sum, TFloat32.class));
        });
    return new Accumulators(assign, add, sums);
  }
}
