// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

/**
 * The user's wish that a run ends as soon as it can, with a checkpoint: after the step under way,
 * or in the midst of an evaluation. Any thread may ask for it.
 */
public final class Interruption {

  private volatile boolean requested;

  /** Asks for it. */
  public void request() {
    requested = true;
  }

  /** Whether it was asked for. */
  boolean isRequested() {
    return requested;
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

  /** Ends an evaluation. */
  static final class Requested extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
