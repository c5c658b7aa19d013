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
 * Reads and writes a model's variables: parameters by their names, Adam's moments as {@code m/…}
 * and {@code v/…}.
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
    return variables.slots().keySet();
  }

  /** Dimensions of a variable. */
  public List<Integer> shape(String name) {
    return slot(name).shape();
  }

  /** Writes a variable; the buffer holds as many values as its shape says, and is not moved. */
  public void assign(String name, FloatBuffer values) {
    Variables.Slot slot = slot(name);
    long[] shape = slot.shape().stream().mapToLong(Integer::longValue).toArray();
    try (SessionRun run = new SessionRun(session)) {
      TFloat32 tensor = TFloat32.tensorOf(Shape.of(shape), DataBuffers.of(values.duplicate()));
      run.feed(slot.input(), tensor).target(slot.assign()).run();
    }
  }

  /** Writes zeros into Adam's moments, as before the first step. */
  public void clearMoments() {
    for (Variables.Slot slot : variables.slots().values()) {
      if (slot.name().startsWith("m/") || slot.name().startsWith("v/")) {
        assign(
            slot.name(),
            FloatBuffer.allocate(slot.shape().stream().reduce(1, Math::multiplyExact)));
      }
    }
  }

  /** Copies a variable out. */
  public WeightTensor read(String name) {
    Variables.Slot slot = slot(name);
    try (SessionRun run = new SessionRun(session)) {
      TFloat32 tensor = run.fetch(slot.read()).run().tensor(0);
      // On the heap: direct buffers would pile up until the heap, which they do not fill, is full.
      FloatBuffer values = FloatBuffer.allocate(Math.toIntExact(tensor.size()));
      tensor.asRawTensor().data().asFloats().copyTo(DataBuffers.of(values), tensor.size());
      return new WeightTensor(name, slot.shape(), values);
    }
  }

  private Variables.Slot slot(String name) {
    Variables.Slot slot = variables.slots().get(name);
    if (slot == null) {
      throw new IllegalArgumentException("no variable " + name);
    }
    return slot;
  }
}
