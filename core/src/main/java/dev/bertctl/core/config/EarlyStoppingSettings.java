// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.config;

import dev.bertctl.runtime.options.Range;
import dev.bertctl.spi.Doc;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** When a training ends that no longer gets better. */
public interface EarlyStoppingSettings {

  /** Evaluations without improvement. */
  @Doc(
      "The training ends after so many evaluations in a row that are not better than the best before"
          + " them. Never unless given.")
  @Range(atLeast = 1)
  Optional<Integer> patience();

  /** Least improvement. */
  @Doc("By how much the metric must be better for early stopping to count it.")
  @WithDefault("0")
  @Range(atLeast = 0)
  double minDelta();
}
