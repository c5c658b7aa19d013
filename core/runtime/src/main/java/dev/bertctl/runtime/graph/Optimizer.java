// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

/** Temporary. */
public interface Optimizer {

  /** Temporary. */
  record Step(long number, double learningRate, double maxNorm) {}
}
