// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.encoder;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TFloat32;

/**
 * The trained variables of one graph, by name. Declared again a variable stays the same, so that
 * the training and the inference computation share it.
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

  /** Declares variables. */
  public void declare(Collection<ParameterSpec> specs) {
    specs.forEach(this::declare);
  }

  /**
   * Declares a variable.
   *
   * @return its value
   * @throws IllegalStateException if it was declared with another shape or initializer
   */
  public Operand<TFloat32> declare(ParameterSpec spec) {
    Parameter parameter = byName.computeIfAbsent(spec.name(), name -> variable(spec));
    if (!parameter.spec().equals(spec)) {
      throw new IllegalStateException(
          "the parameter '%s' is asked for as %s %s and as %s %s; give one of them another name"
              .formatted(
                  spec.name(),
                  parameter.spec().initializer(),
                  parameter.shape(),
                  spec.initializer(),
                  spec.shape()));
    }
    return parameter.value();
  }

  /** The value of a variable that was declared. */
  public Operand<TFloat32> value(String name) {
    Parameter parameter = byName.get(name);
    if (parameter == null) {
      throw new IllegalArgumentException("the parameter '%s' was not declared".formatted(name));
    }
    return parameter.value();
  }

  /** All variables in the order of their declaration. */
  public Collection<Parameter> all() {
    return Collections.unmodifiableCollection(byName.values());
  }

  private Parameter variable(ParameterSpec spec) {
    VarHandleOp handle =
        tf.varHandleOp(
            TFloat32.class, Shape.of(spec.dimensions()), VarHandleOp.sharedName(spec.name()));
    return new Parameter(spec, handle, tf.readVariableOp(handle, TFloat32.class));
  }
}
