// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.predict;

import java.time.Duration;

/** Is told of each batch that a {@link MicroBatcher} computed, in its thread. */
@FunctionalInterface
public interface BatchListener {

  /** Is told nothing. */
  BatchListener NONE = (inputs, tokens, computed) -> {};

  /**
   * A batch was computed.
   *
   * @param inputs how many inputs it had
   * @param tokens their tokens, without padding
   * @param computed how long it took
   */
  void computed(int inputs, long tokens, Duration computed);
}
