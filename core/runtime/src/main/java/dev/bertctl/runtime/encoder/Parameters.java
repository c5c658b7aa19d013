// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.encoder;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TFloat32;

/**
 * The trained variables of one graph, by name. Asking for a name again gives the same variable, so
 * that the training and the inference computation share them.
 */
public final class Parameters {

  private final Ops tf;
  private final Map<String, Parameter> byName = new LinkedHashMap<>();

  /**
   * @param tf ops of the graph that is to hold the variables
   */
  public Parameters(Ops tf) {
    this.tf = tf;
  }

  /** The value of a variable, which is made if it is not there yet. */
  public Operand<TFloat32> value(String name, long... shape) {
    return byName.computeIfAbsent(name, key -> declare(key, shape)).value();
  }

  /** All variables in the order of their making. */
  public Collection<Parameter> all() {
    return Collections.unmodifiableCollection(byName.values());
  }

  private Parameter declare(String name, long... shape) {
    VarHandleOp handle =
        tf.varHandleOp(TFloat32.class, Shape.of(shape), VarHandleOp.sharedName(name));
    List<Integer> dimensions = LongStream.of(shape).mapToObj(Math::toIntExact).toList();
    return new Parameter(name, dimensions, handle, tf.readVariableOp(handle, TFloat32.class));
  }
}
