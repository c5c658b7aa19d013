// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.runtime.UserException;

/** The user stopped the run. */
public final class InterruptedRunException extends UserException {

  private static final long serialVersionUID = 1L;

  InterruptedRunException(Exception cause) {
    super("interrupted", cause);
  }

  /**
   * With a checkpoint.
   *
   * @param step steps done
   */
  InterruptedRunException(long step) {
    super("interrupted after step %d; a checkpoint is kept".formatted(step), new GoOn());
  }
}
