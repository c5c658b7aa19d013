// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.config;

/** Optimizers. */
public enum OptimizerName {
  /** Loshchilov and Hutter, 2019. */
  ADAMW,
  /** Kingma and Ba, 2015. */
  ADAM,
  /** Stochastic gradient descent with momentum. */
  SGD
}
