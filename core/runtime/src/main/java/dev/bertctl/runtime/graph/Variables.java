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
      add(parameter.name(), parameter, parameter.handle());
    }
  }

  void declareSlots(List<Optimizer.Slot> optimizers) {
    for (Optimizer.Slot slot : optimizers) {
      add(slot.name(), slot.parameter(), slot.handle());
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

  private void add(String name, Parameter parameter, Operand<?> handle) {
    Placeholder<TFloat32> input =
        tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(parameter.spec().dimensions())));
    Op assign = tf.assignVariableOp(handle, input);
    Operand<TFloat32> read = tf.readVariableOp(handle, TFloat32.class);
    all.put(name, new Variable(parameter.shape(), input, assign, read));
  }

  /**
   * One variable.
   *
   * @param shape its dimensions
   * @param input what is assigned
   * @param assign writes the input into it
   * @param read its value
   */
  record Variable(
      List<Integer> shape, Operand<TFloat32> input, Op assign, Operand<TFloat32> read) {}
}
