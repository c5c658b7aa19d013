// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.evaluation;

/** Hears how far some work has come. */
@FunctionalInterface
public interface Progress {

  /**
   * @param done examples done so far
   * @param total all examples
   */
  void update(long done, long total);

  /** Nobody listens. */
  Progress NONE = (done, total) -> {};
}
