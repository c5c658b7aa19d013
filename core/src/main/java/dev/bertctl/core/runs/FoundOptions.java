// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.core.config.SplitName;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.data.Splits;
import dev.bertctl.spi.data.DataFile;
import java.util.Map;

/** Completes a configuration with the options that a task finds in its training data. */
public final class FoundOptions {

  private FoundOptions() {}

  /** All rows that data.where keeps are looked at, also where the run takes only a part of it. */
  public static <O> TaskConfig<O> complete(TaskConfig<O> config) {
    if (config.settings().data().train().isEmpty()) {
      return config;
    }
    DataFile training = new Splits(config).kept(SplitName.TRAIN);
    Map<String, Object> found = config.plugin().findOptions(config.options(), training);
    return found.isEmpty() ? config : config.with(found, training.location().toString());
  }
}
