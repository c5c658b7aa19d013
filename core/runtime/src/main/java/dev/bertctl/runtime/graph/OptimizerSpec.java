// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

/** Which optimizer trains, with the numbers of its own; each computes what PyTorch's computes. */
public sealed interface OptimizerSpec {

  /**
   * AdamW (Loshchilov and Hutter, 2019), {@code torch.optim.AdamW}: weight decay is taken off the
   * weights themselves, beside the gradient's step.
   *
   * @param beta1 share that is kept of the running mean of gradients, from 0 to below 1
   * @param beta2 share that is kept of the running mean of squared gradients, from 0 to below 1
   * @param epsilon added to the bias-corrected deviation, above 0
   */
  record AdamW(double beta1, double beta2, double epsilon) implements OptimizerSpec {

    /** PyTorch's numbers. */
    public static final AdamW DEFAULT = new AdamW(0.9, 0.999, 1e-8);

    /** Checks the ranges. */
    public AdamW {
      checkAdam(beta1, beta2, epsilon);
    }
  }

  /**
   * Adam (Kingma and Ba, 2015), {@code torch.optim.Adam}: weight decay is an L2 penalty, added to
   * the gradient.
   *
   * @param beta1 share that is kept of the running mean of gradients, from 0 to below 1
   * @param beta2 share that is kept of the running mean of squared gradients, from 0 to below 1
   * @param epsilon added to the bias-corrected deviation, above 0
   */
  record Adam(double beta1, double beta2, double epsilon) implements OptimizerSpec {

    /** PyTorch's numbers. */
    public static final Adam DEFAULT = new Adam(0.9, 0.999, 1e-8);

    /** Checks the ranges. */
    public Adam {
      checkAdam(beta1, beta2, epsilon);
    }
  }

  /**
   * Stochastic gradient descent, {@code torch.optim.SGD} with neither dampening nor Nesterov's
   * look-ahead: weight decay is an L2 penalty, added to the gradient.
   *
   * @param momentum share that is kept of the sum of gradients, from 0 (none, and no memory for it)
   *     to below 1
   */
  record Sgd(double momentum) implements OptimizerSpec {

    /** Checks the range. */
    public Sgd {
      checkShare("momentum", momentum);
    }
  }

  private static void checkAdam(double beta1, double beta2, double epsilon) {
    checkShare("beta1", beta1);
    checkShare("beta2", beta2);
    if (!(epsilon > 0 && Double.isFinite(epsilon))) {
      throw new IllegalArgumentException(
          "epsilon must be a number above 0, and is %s".formatted(epsilon));
    }
  }

  private static void checkShare(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(
          "%s must be at least 0 and less than 1, and is %s".formatted(name, value));
    }
  }
}
