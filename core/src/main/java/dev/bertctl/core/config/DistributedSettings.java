// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.config;

import dev.bertctl.runtime.options.Range;
import dev.bertctl.spi.Doc;
import io.smallrye.config.WithDefault;

/** How several processes train a model together; of no matter to a run in one process. */
public interface DistributedSettings {

  /** Steps from one exchange to the next. */
  @Doc(
      "In a run on several processes, how many steps each makes by itself, with its part of the"
          + " batches, before all take the mean of their weights (local SGD): for slow networks. 1 has"
          + " all make each step together, with the update of the whole batch.")
  @WithDefault("1")
  @Range(atLeast = 1)
  int synchronizeEvery();

  /** What gradients are sent as. */
  @Doc("In a run on several processes, what they send each other gradients as: float16 takes half.")
  @WithDefault("float32")
  WireType wire();
}
