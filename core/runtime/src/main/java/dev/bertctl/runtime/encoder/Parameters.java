// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.encoder;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TFloat32;

/**
 * The parameters of one graph, by name, each in a variable. Declared again a variable stays the
 * same, so that the training and the inference computation share it.
 *
 * <p>Some layers multiply a parameter by a number first. Where parameters are trained, each run
 * does so. Where they are only applied, the variable holds the product: the same numbers, computed
 * once, so that results are the same to the last bit.
 */
public final class Parameters {

  private final Ops tf;
  private final boolean trained;
  private final Map<String, Parameter> byName = new LinkedHashMap<>();
  private final Map<String, Float> scales = new HashMap<>(); // of those that were read

  private Parameters(Ops tf, boolean trained) {
    this.tf = tf;
    this.trained = trained;
  }

  /**
   * Parameters that may change between two runs, in variables that hold them as they are.
   *
   * @param tf ops of the graph that is to hold the variables
   */
  public static Parameters trained(Ops tf) {
    return new Parameters(tf, true);
  }

  /**
   * Parameters that are not trained, in variables that hold what the layers multiply by.
   *
   * @param tf ops of the graph that is to hold the variables
   */
  public static Parameters applied(Ops tf) {
    return new Parameters(tf, false);
  }

  /** Declares parameters. */
  public void declare(Collection<ParameterSpec> specs) {
    specs.forEach(this::add);
  }

  /**
   * Declares a parameter.
   *
   * @return its value
   * @throws IllegalStateException if it was declared with another shape or initializer
   */
  public Operand<TFloat32> declare(ParameterSpec spec) {
    add(spec);
    return value(spec.name());
  }

  private void add(ParameterSpec spec) {
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
  }

  /** The value of a parameter that was declared. */
  public Operand<TFloat32> value(String name) {
    return scaled(name, 1);
  }

  /**
   * The value of a parameter that was declared, times a number.
   *
   * @throws IllegalStateException if it is only applied and was read times another number: its
   *     variable holds one product
   */
  Operand<TFloat32> scaled(String name, float scale) {
    Parameter parameter = byName.get(name);
    if (parameter == null) {
      throw new IllegalArgumentException("the parameter '%s' was not declared".formatted(name));
    }
    if (trained) {
      return scale == 1 ? parameter.value() : tf.math.mul(parameter.value(), tf.constant(scale));
    }
    Float before = scales.putIfAbsent(name, scale);
    if (before != null && before != scale) {
      throw new IllegalStateException(
          "the parameter '%s' is read times %s and times %s".formatted(name, before, scale));
    }
    byName.put(name, parameter.held(scale));
    return parameter.value();
  }

  /**
   * All in the order of their declaration. What those that are only applied are held times is known
   * when the graph is built.
   */
  public Collection<Parameter> all() {
    return Collections.unmodifiableCollection(byName.values());
  }

  private Parameter variable(ParameterSpec spec) {
    VarHandleOp handle =
        tf.varHandleOp(
            TFloat32.class, Shape.of(spec.dimensions()), VarHandleOp.sharedName(spec.name()));
    return new Parameter(spec, 1, handle, tf.readVariableOp(handle, TFloat32.class));
  }
}
