// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import dev.bertctl.runtime.tensorflow.SessionRun;
import dev.bertctl.runtime.weights.DeferredWeight;
import dev.bertctl.runtime.weights.Weight;
import dev.bertctl.runtime.weights.WeightTensor;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  /** 64 MiB: few parts, and little memory beside the model. */
  private static final long VALUES_AT_ONCE = 1 << 24;

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
    assign(Map.of(name, new WeightTensor(name, shape(name), values)));
  }

  /**
   * Writes variables, many at once: what a session runs the first time it takes a while to prepare.
   *
   * @param weights by the variables' names; their values are asked for when they are written
   */
  public void assign(Map<String, ? extends Weight> weights) {
    for (List<String> part : parts(weights.keySet())) {
      try (SessionRun run = new SessionRun(session)) {
        for (String name : part) {
          Variables.Variable variable = variable(name);
          run.feed(variable.input(), tensor(name, weights.get(name))).target(variable.assign());
        }
        run.run();
      }
    }
  }

  private TFloat32 tensor(String name, Weight weight) {
    FloatBuffer values = weight.values().duplicate();
    return TFloat32.tensorOf(dimensions(name), DataBuffers.of(values));
  }

  /** Writes zeros into the optimizer's variables, as before the first step. */
  public void clearSlots() {
    Map<String, Weight> zeros = new LinkedHashMap<>();
    for (String name : variables.slots()) {
      zeros.put(
          name,
          new DeferredWeight(
              name, shape(name), () -> FloatBuffer.allocate(Math.toIntExact(size(name)))));
    }
    assign(zeros);
  }

  /**
   * Copies a variable out.
   *
   * @throws IllegalStateException if it holds a multiple of what was assigned
   */
  public WeightTensor read(String name) {
    return read(List.of(name)).get(name);
  }

  /** The variables' values, each copied out when it is asked for, together with those after it. */
  List<Weight> deferred(Collection<String> names) {
    VariableReader reader = new VariableReader(this, parts(names));
    return names.stream().map(reader::weight).toList();
  }

  Map<String, WeightTensor> read(List<String> names) {
    try (SessionRun run = new SessionRun(session)) {
      names.forEach(name -> run.fetch(readable(name).read()));
      run.run();
      Map<String, WeightTensor> values = new LinkedHashMap<>();
      for (String name : names) {
        TFloat32 tensor = run.tensor(values.size());
        // On the heap: direct buffers would pile up until the heap, which they do not fill, is
        // full.
        FloatBuffer copy = FloatBuffer.allocate(Math.toIntExact(tensor.size()));
        tensor.asRawTensor().data().asFloats().copyTo(DataBuffers.of(copy), tensor.size());
        values.put(name, new WeightTensor(name, shape(name), copy));
      }
      return values;
    }
  }

  /** Names in their order, in parts whose values are at most so many, or a single variable's. */
  private List<List<String>> parts(Collection<String> names) {
    List<List<String>> parts = new ArrayList<>();
    long room = 0;
    for (String name : names) {
      if (size(name) > room) {
        parts.add(new ArrayList<>());
        room = VALUES_AT_ONCE;
      }
      parts.get(parts.size() - 1).add(name);
      room -= size(name);
    }
    return parts;
  }

  private long size(String name) {
    return dimensions(name).size();
  }

  private Shape dimensions(String name) {
    return Shape.of(shape(name).stream().mapToLong(Integer::longValue).toArray());
  }

  private Variables.Variable readable(String name) {
    Variables.Variable variable = variable(name);
    if (variable.scale() != 1) {
      throw new IllegalStateException(
          "the variable '%s' of a model that is only applied holds %s times the weight; read it where it was loaded from"
              .formatted(name, variable.scale()));
    }
    return variable;
  }

  private Variables.Variable variable(String name) {
    Variables.Variable variable = variables.all().get(name);
    if (variable == null) {
      throw new IllegalArgumentException("no variable " + name);
    }
    return variable;
  }
}
