// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import dev.bertctl.runtime.encoder.Parameter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  private final Map<String, Slot> slots = new LinkedHashMap<>();

  Variables(Graph graph) {
    this.tf = Ops.create(graph);
  }

  void declare(Collection<Parameter> parameters) {
    for (Parameter parameter : parameters) {
      add(parameter.name(), parameter, parameter.handle());
    }
  }

  /** The optimizer's moments are named after their parameter: {@code m/NAME} and {@code v/NAME}. */
  void declareMoments(List<AdamW.Moments> moments) {
    for (AdamW.Moments moment : moments) {
      String name = moment.parameter().name();
      add("m/" + name, moment.parameter(), moment.first());
      add("v/" + name, moment.parameter(), moment.second());
    }
  }

  Map<String, Slot> slots() {
    return slots;
  }

  private void add(String name, Parameter parameter, Operand<?> handle) {
    Placeholder<TFloat32> input =
        tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(parameter.spec().dimensions())));
    Op assign = tf.assignVariableOp(handle, input);
    Operand<TFloat32> read = tf.readVariableOp(handle, TFloat32.class);
    slots.put(name, new Slot(name, parameter.shape(), input, assign, read));
  }

  /**
   * One variable.
   *
   * @param name its name
   * @param shape its dimensions
   * @param input what is assigned
   * @param assign writes the input into it
   * @param read its value
   */
  record Slot(
      String name,
      List<Integer> shape,
      Operand<TFloat32> input,
      Op assign,
      Operand<TFloat32> read) {}
}
