// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import dev.bertctl.runtime.encoder.Parameter;
import dev.bertctl.runtime.graph.ParameterGroups.Treatment;
import dev.bertctl.runtime.tensorflow.SessionRun;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TFloat32;

/**
 * Turns gradients into updates of the parameters: clips them by their global norm, then lets each
 * parameter take its step with the learning rate and weight decay of its group.
 */
public final class Optimizer {

  /** What PyTorch's clip_grad_norm_ adds to the norm before dividing. */
  private static final float NORM_EPSILON = 1e-6f;

  private final Ops tf;
  private final UpdateRule rule;
  private final Map<Parameter, Treatment> trained;
  private final Map<Parameter, List<Slot>> slots = new LinkedHashMap<>();
  private final Operand<TFloat32> learningRate;
  private final Operand<TFloat32> maxNorm;

  /**
   * @param trained the parameters that are not frozen
   */
  Optimizer(Ops tf, OptimizerSpec spec, Map<Parameter, Treatment> trained) {
    this.tf = tf;
    this.rule = UpdateRule.of(tf, spec);
    this.trained = trained;
    this.learningRate = scalar();
    this.maxNorm = scalar();
    for (Parameter parameter : trained.keySet()) {
      slots.put(
          parameter, rule.slots().stream().map(prefix -> Slot.of(tf, prefix, parameter)).toList());
    }
  }

  /** What it remembers from step to step, in the parameters' order; nothing of frozen ones. */
  List<Slot> slots() {
    return slots.values().stream().flatMap(List::stream).toList();
  }

  /**
   * Adds the updates of all trained parameters to the graph.
   *
   * @param gradients of each, before clipping
   */
  Update update(Map<Parameter, Operand<TFloat32>> gradients) {
    Operand<TFloat32> norm = globalNorm(gradients.values());
    Operand<TFloat32> clip =
        tf.math.minimum(
            tf.constant(1f), tf.math.div(maxNorm, tf.math.add(norm, tf.constant(NORM_EPSILON))));
    Map<Parameter, Operand<TFloat32>> clipped = new LinkedHashMap<>();
    gradients.forEach((parameter, gradient) -> clipped.put(parameter, tf.math.mul(gradient, clip)));
    List<Op> steps = new ArrayList<>();
    clipped.forEach((parameter, gradient) -> steps.add(step(parameter, gradient, clip)));
    return new Update(norm, globalNorm(clipped.values()), steps);
  }

  /** Feeds the numbers of a step. */
  void feed(SessionRun run, Step step) {
    run.feed(learningRate, step.learningRate());
    feedMaxNorm(run, step.maxNorm());
    rule.feed(run, step.number());
  }

  /** Feeds all that {@link Update#clippedNorm} needs. */
  void feedMaxNorm(SessionRun run, double norm) {
    run.feed(maxNorm, norm == 0 ? Double.POSITIVE_INFINITY : norm);
  }

  private Op step(Parameter parameter, Operand<TFloat32> gradient, Operand<TFloat32> clip) {
    Treatment treatment = trained.get(parameter);
    Operand<TFloat32> rate = times(learningRate, treatment.rateFactor());
    // Nothing may be written before every gradient is computed: they read the weights of before the
    // step.
    Ops ordered = tf.withControlDependencies(List.of(clip));
    Operand<TFloat32> direction = gradient;
    if (treatment.weightDecay() > 0 && rule.decouplesDecay()) {
      Op decayed =
          ordered.train.resourceApplyGradientDescent(
              parameter.handle(), times(rate, treatment.weightDecay()), parameter.value());
      ordered = tf.withControlDependencies(List.of(clip, decayed));
    } else if (treatment.weightDecay() > 0) {
      direction = tf.math.add(gradient, times(parameter.value(), treatment.weightDecay()));
    }
    List<Operand<?>> handles = slots.get(parameter).stream().<Operand<?>>map(Slot::handle).toList();
    return rule.apply(ordered, parameter, handles, direction, rate);
  }

  private Operand<TFloat32> times(Operand<TFloat32> x, double factor) {
    return factor == 1 ? x : tf.math.mul(x, tf.constant((float) factor));
  }

  private Operand<TFloat32> globalNorm(Collection<Operand<TFloat32>> gradients) {
    List<Operand<TFloat32>> halfSquares = new ArrayList<>();
    gradients.forEach(gradient -> halfSquares.add(tf.nn.l2Loss(gradient)));
    return tf.math.sqrt(tf.math.mul(tf.math.addN(halfSquares), tf.constant(2f)));
  }

  private Operand<TFloat32> scalar() {
    return tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
  }

  /**
   * The numbers of one step.
   *
   * @param number the step, from 1; steps that were left out do not count
   * @param learningRate of this step; a parameter's own is this times its {@link
   *     Treatment#rateFactor}
   * @param maxNorm gradients are scaled down to this global norm; 0 if they never are
   * @param scale what the loss is multiplied by, in precisions that need it
   */
  public record Step(long number, double learningRate, double maxNorm, LossScale scale) {

    /** A step whose loss is not scaled. */
    public Step(long number, double learningRate, double maxNorm) {
      this(number, learningRate, maxNorm, LossScale.NONE);
    }
  }

  /**
   * The ops that make a step.
   *
   * @param globalNorm norm of all gradients together before clipping, float32 scalar
   * @param clippedNorm the same after clipping; like a step it needs all gradients at once
   * @param steps run them all to make a step
   */
  record Update(Operand<TFloat32> globalNorm, Operand<TFloat32> clippedNorm, List<Op> steps) {}

  /**
   * A variable in which something of a parameter is remembered.
   *
   * @param name {@code PREFIX/PARAMETER}
   * @param parameter whose shape it has
   * @param handle the variable
   */
  record Slot(String name, Parameter parameter, Operand<?> handle) {

    static Slot of(Ops tf, String prefix, Parameter parameter) {
      String name = prefix + "/" + parameter.name();
      return new Slot(
          name,
          parameter,
          tf.varHandleOp(
              TFloat32.class,
              Shape.of(parameter.spec().dimensions()),
              VarHandleOp.sharedName(name)));
    }
  }
}
