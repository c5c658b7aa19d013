// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.evaluation;

/** Receives the number of examples done. */
@FunctionalInterface
public interface Progress {

  /**
   * @param done examples done so far
   */
  void update(long done);

  /** Tells nobody. */
  Progress NONE = done -> {};
}
