// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.training;

import dev.bertctl.runtime.UserException;

/** Training has gone wrong beyond repair; from its last checkpoint it would again. */
public final class DivergedException extends UserException {

  private static final long serialVersionUID = 1L;

  private final transient TrainingStep step;

  DivergedException(String problem, TrainingStep step) {
    super(problem);
    this.step = step;
  }

  /** The step that it was noticed in. */
  public TrainingStep step() {
    return step;
  }
}
