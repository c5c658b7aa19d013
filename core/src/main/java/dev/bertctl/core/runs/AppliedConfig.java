// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.runtime.huggingface.PretrainedModel;
import dev.bertctl.runtime.predict.DeclaredPooling;
import java.util.Map;

/** The configuration of a task that is applied to a model which was not saved for it. */
public final class AppliedConfig {

  private AppliedConfig() {}

  /**
   * A configuration with what the model's folder tells in place of defaults.
   *
   * @throws dev.bertctl.runtime.UserException if that cannot be computed, and nothing else is set
   */
  public static <O> TaskConfig<O> of(TaskConfig<O> config, PretrainedModel model) {
    String pooling = DeclaredPooling.OPTION;
    if (!config.optionValues().containsKey(pooling) || config.isGiven(pooling)) {
      return config;
    }
    return DeclaredPooling.of(model)
        .<TaskConfig<O>>map(
            told ->
                config.withSettings(Map.of(pooling, told.items().get(0)), told.origin().toString()))
        .orElse(config);
  }
}
