// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.testkit;

/**
 * A promise that a plugin does not keep. The message says what is wrong and what to change. An
 * {@link AssertionError}, so that test frameworks count it as a failure of the plugin.
 *
 * <p>{@code dev.tsv:2: a target is 2; give 0 to 1, or Target.IGNORED}.
 */
public final class BrokenPromise extends AssertionError {

  private static final long serialVersionUID = 1L;

  /**
   * Says what is wrong.
   *
   * @param problem what is wrong and what to change
   */
  BrokenPromise(String problem) {
    super(problem);
  }

  /**
   * Says what is wrong.
   *
   * @param problem what is wrong and what to change
   * @param cause what the plugin threw
   */
  BrokenPromise(String problem, Throwable cause) {
    super(problem, cause);
  }

  /**
   * Breaks off unless something holds.
   *
   * @param holds what has to hold
   * @param problem what is wrong otherwise, and what to change: a format for the arguments
   */
  static void unless(boolean holds, String problem, Object... arguments) {
    if (!holds) {
      throw new BrokenPromise(problem.formatted(arguments));
    }
  }
}
