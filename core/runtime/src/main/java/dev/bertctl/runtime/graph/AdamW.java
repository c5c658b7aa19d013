// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import dev.bertctl.runtime.encoder.Parameter;
import dev.bertctl.runtime.tensorflow.SessionRun;
import java.util.ArrayList;
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
 * AdamW (Loshchilov and Hutter, 2019) as PyTorch computes it: decoupled weight decay first, bias
 * correction, epsilon added to the corrected deviation. Gradients are clipped by their global norm
 * before.
 */
public final class AdamW {

  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.999f;
  private static final double EPSILON = 1e-8;

  /** What PyTorch's clip_grad_norm_ adds to the norm before dividing. */
  private static final float NORM_EPSILON = 1e-6f;

  private final Ops tf;
  private final Operand<TFloat32> learningRate;
  private final Operand<TFloat32> decay;
  private final Operand<TFloat32> maxNorm;
  private final Operand<TFloat32> beta1Power;
  private final Operand<TFloat32> beta2Power;
  private final Operand<TFloat32> epsilon;
  private final List<Moments> moments = new ArrayList<>();
  private final List<Op> updates = new ArrayList<>();
  private final Operand<TFloat32> globalNorm;

  /**
   * Adds the update of every parameter to a graph.
   *
   * @param gradients the gradient of each parameter
   */
  public AdamW(Ops tf, Map<Parameter, Operand<TFloat32>> gradients) {
    this.tf = tf;
    this.learningRate = scalar();
    this.decay = scalar();
    this.maxNorm = scalar();
    this.beta1Power = scalar();
    this.beta2Power = scalar();
    this.epsilon = scalar();
    this.globalNorm = globalNorm(gradients.values());
    Operand<TFloat32> clip =
        tf.math.minimum(
            tf.constant(1f),
            tf.math.div(maxNorm, tf.math.add(globalNorm, tf.constant(NORM_EPSILON))));
    gradients.forEach((parameter, gradient) -> update(parameter, gradient, clip));
  }

  /** The norm of all gradients together before clipping, float32 scalar. */
  public Operand<TFloat32> globalNorm() {
    return globalNorm;
  }

  /** The updates: run them all to make a step. */
  public List<Op> updates() {
    return updates;
  }

  /** First and second moment of each parameter, in the parameters' order. */
  public List<Moments> moments() {
    return moments;
  }

  /** Feeds the numbers of a step. */
  public void feed(SessionRun run, Step step) {
    double beta1 = Math.pow(BETA1, step.number());
    double beta2 = Math.pow(BETA2, step.number());
    run.feed(learningRate, step.learningRate())
        .feed(decay, step.learningRate() * step.weightDecay())
        .feed(maxNorm, step.maxNorm() == 0 ? Double.POSITIVE_INFINITY : step.maxNorm())
        .feed(beta1Power, beta1)
        .feed(beta2Power, beta2)
        // TensorFlow adds epsilon to the uncorrected deviation; so it is the same as adding it
        // after correction.
        .feed(epsilon, EPSILON * Math.sqrt(1 - beta2));
  }

  private void update(Parameter parameter, Operand<TFloat32> gradient, Operand<TFloat32> clip) {
    Moments moment =
        new Moments(
            parameter,
            variable(parameter, "adam_m/" + parameter.name()),
            variable(parameter, "adam_v/" + parameter.name()));
    moments.add(moment);
    // Nothing may be written before every gradient is computed: they read the weights of before the
    // step.
    Ops afterGradients = tf.withControlDependencies(List.of(clip));
    Ops ordered = afterGradients;
    if (parameter.spec().decays()) {
      Op decayed =
          afterGradients.train.resourceApplyGradientDescent(
              parameter.handle(), decay, parameter.value());
      ordered = tf.withControlDependencies(List.of(clip, decayed));
    }
    updates.add(
        ordered.train.resourceApplyAdam(
            parameter.handle(),
            moment.first(),
            moment.second(),
            beta1Power,
            beta2Power,
            learningRate,
            tf.constant(BETA1),
            tf.constant(BETA2),
            epsilon,
            tf.math.mul(gradient, clip)));
  }

  private Operand<?> variable(Parameter parameter, String name) {
    return tf.varHandleOp(
        TFloat32.class, Shape.of(parameter.spec().dimensions()), VarHandleOp.sharedName(name));
  }

  private Operand<TFloat32> globalNorm(Iterable<Operand<TFloat32>> gradients) {
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
   * @param number the step, from 1
   * @param learningRate of this step
   * @param weightDecay share of the weight, times the learning rate, that is taken off
   * @param maxNorm gradients are scaled down to this global norm; 0 if they never are
   */
  public record Step(long number, double learningRate, double weightDecay, double maxNorm) {}

  /**
   * Running means of a parameter's gradient and of its square.
   *
   * @param parameter the parameter
   * @param first variable of the gradient's mean
   * @param second variable of the squared gradient's mean
   */
  public record Moments(Parameter parameter, Operand<?> first, Operand<?> second) {}
}
