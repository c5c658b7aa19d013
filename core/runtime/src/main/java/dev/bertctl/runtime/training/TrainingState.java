// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.training;

/**
 * How far a run has come; always at the end of an epoch.
 *
 * @param epochs epochs done
 * @param steps steps done
 */
public record TrainingState(int epochs, long steps) {

  /** Nothing done yet. */
  public static final TrainingState START = new TrainingState(0, 0);
}
