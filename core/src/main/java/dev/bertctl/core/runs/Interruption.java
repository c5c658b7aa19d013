// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.runtime.evaluation.Progress;

/**
 * The user's wish that a run ends as soon as it can, with a checkpoint: after the step under way,
 * or in the midst of an evaluation. Any thread may ask for it.
 */
public final class Interruption {

  private volatile boolean heeded;
  private volatile boolean requested;

  /**
   * Asks for it.
   *
   * @return whether the run ends by itself; before the training and after it there is nothing that
   *     a checkpoint would be needed for, and the process may just end
   */
  public boolean request() {
    requested = true;
    return heeded;
  }

  /** Whether it was asked for. */
  boolean isRequested() {
    return requested;
  }

  /** Does what ends with a checkpoint when that is asked for. */
  void heed(Runnable training) {
    heeded = true;
    try {
      training.run();
    } finally {
      heeded = false;
    }
  }

  /**
   * Ends what can be done again later.
   *
   * @throws Requested if it was asked for
   */
  void end() {
    if (requested) {
      throw new Requested();
    }
  }

  /** The same progress, which ends what makes it once that is asked for. */
  Progress heeding(Progress progress) {
    return done -> {
      end();
      progress.update(done);
    };
  }

  /** Ends an evaluation. */
  static final class Requested extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
