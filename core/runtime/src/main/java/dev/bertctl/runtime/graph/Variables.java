// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import dev.bertctl.runtime.encoder.Parameter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** The ops that write and read each variable of a graph, by name. */
final class Variables {

  private final Ops tf;
  private final Map<String, Variable> all = new LinkedHashMap<>();
  private final Set<String> slots = new LinkedHashSet<>();

  Variables(Graph graph) {
    this.tf = Ops.create(graph);
  }

  void declare(Collection<Parameter> parameters) {
    for (Parameter parameter : parameters) {
      add(parameter.name(), parameter, parameter.handle(), parameter.scale());
    }
  }

  void declareSlots(List<Optimizer.Slot> optimizers) {
    for (Optimizer.Slot slot : optimizers) {
      add(slot.name(), slot.parameter(), slot.handle(), 1);
      slots.add(slot.name());
    }
  }

  Map<String, Variable> all() {
    return all;
  }

  /** The names of the optimizer's. */
  Set<String> slots() {
    return slots;
  }

  private void add(String name, Parameter parameter, Operand<?> handle, float scale) {
    Placeholder<TFloat32> input =
        tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(parameter.spec().dimensions())));
    Operand<TFloat32> held = scale == 1 ? input : tf.math.mul(input, tf.constant(scale));
    Op assign = tf.assignVariableOp(handle, held);
    Operand<TFloat32> read = tf.readVariableOp(handle, TFloat32.class);
    all.put(name, new Variable(parameter.shape(), scale, input, assign, read));
  }

  /**
   * One variable.
   *
   * @param shape its dimensions
   * @param scale what it holds, in multiples of what is assigned
   * @param input what is assigned
   * @param assign writes the input into it, scaled
   * @param read its value
   */
  record Variable(
      List<Integer> shape,
      float scale,
      Operand<TFloat32> input,
      Op assign,
      Operand<TFloat32> read) {}
}
