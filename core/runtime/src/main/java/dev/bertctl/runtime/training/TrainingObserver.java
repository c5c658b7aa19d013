// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.training;

/** Is told of a run's progress, and may end it. */
public interface TrainingObserver {

  /**
   * The first step of an epoch, or of what is left of it, is made next.
   *
   * @param epoch from 1
   * @param epochs of the whole run
   * @param features of the epoch
   * @param done those of them that were trained on before the run was interrupted
   */
  default void epochBegan(int epoch, int epochs, long features, long done) {}

  /**
   * Memory did not suffice for a batch; from now on each is computed in more parts, with the same
   * update.
   *
   * @param parts how many
   */
  default void divided(int parts) {}

  /**
   * After each step.
   *
   * @param report what was done
   * @param state how far the run has come
   * @return whether to go on
   */
  boolean stepped(StepReport report, TrainingState state);
}
