// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import dev.bertctl.runtime.tensorflow.SessionRun;
import dev.bertctl.runtime.weights.WeightTensor;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Set;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/**
 * Reads and writes a model's variables: parameters by their names, what the optimizer remembers of
 * them as {@code m/…} and {@code v/…} (Adam and AdamW) or {@code momentum/…} (SGD).
 */
public final class VariableValues {

  private final Session session;
  private final Variables variables;

  VariableValues(Session session, Variables variables) {
    this.session = session;
    this.variables = variables;
  }

  /** The names of all variables. */
  public Set<String> names() {
    return variables.all().keySet();
  }

  /** Dimensions of a variable. */
  public List<Integer> shape(String name) {
    return variable(name).shape();
  }

  /** Writes a variable; the buffer holds as many values as its shape says, and is not moved. */
  public void assign(String name, FloatBuffer values) {
    Variables.Variable variable = variable(name);
    long[] shape = variable.shape().stream().mapToLong(Integer::longValue).toArray();
    try (SessionRun run = new SessionRun(session)) {
      TFloat32 tensor = TFloat32.tensorOf(Shape.of(shape), DataBuffers.of(values.duplicate()));
      run.feed(variable.input(), tensor).target(variable.assign()).run();
    }
  }

  /** Writes zeros into the optimizer's variables, as before the first step. */
  public void clearSlots() {
    for (String name : variables.slots()) {
      assign(name, FloatBuffer.allocate(shape(name).stream().reduce(1, Math::multiplyExact)));
    }
  }

  /** Copies a variable out. */
  public WeightTensor read(String name) {
    Variables.Variable variable = variable(name);
    try (SessionRun run = new SessionRun(session)) {
      TFloat32 tensor = run.fetch(variable.read()).run().tensor(0);
      // On the heap: direct buffers would pile up until the heap, which they do not fill, is full.
      FloatBuffer values = FloatBuffer.allocate(Math.toIntExact(tensor.size()));
      tensor.asRawTensor().data().asFloats().copyTo(DataBuffers.of(values), tensor.size());
      return new WeightTensor(name, variable.shape(), values);
    }
  }

  private Variables.Variable variable(String name) {
    Variables.Variable variable = variables.all().get(name);
    if (variable == null) {
      throw new IllegalArgumentException("no variable " + name);
    }
    return variable;
  }
}
