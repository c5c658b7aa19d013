// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.core.attention.ShownModel;
import dev.bertctl.core.config.Assignment;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.models.ModelStore;
import dev.bertctl.runtime.encoder.AttentionMask;
import dev.bertctl.runtime.huggingface.PretrainedModel;
import dev.bertctl.runtime.registry.TaskRegistry;
import dev.bertctl.spi.head.EncoderNeed;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A model whose attention is shown, with its task if it has one.
 *
 * @param model the model
 * @param config of the task that it was trained for, or that it is given for
 */
record ShownTask(ShownModel model, Optional<TaskConfig<?>> config) {

  /**
   * Finds a model.
   *
   * @param name folder of a run, or of its model, or a pretrained model
   * @param task the task to pack inputs with; that which the model was trained on if empty
   * @param assignments what the command line says of the task's settings
   * @param notice is told if the plugin is not the one that the model was made with
   */
  static ShownTask of(
      TaskRegistry registry,
      ModelStore store,
      String name,
      Optional<String> task,
      List<Assignment> assignments,
      Consumer<String> notice) {
    if (task.isEmpty() && ChosenModel.saved(name).isEmpty()) {
      return new ShownTask(ShownModel.of(name, store.open(name, Path.of(""))), Optional.empty());
    }
    ChosenModel chosen = ChosenModel.of(registry, name, task, "attention", assignments, notice);
    PretrainedModel files = chosen.files(store);
    AttentionMask mask =
        chosen.config().createTask().head().needs().contains(EncoderNeed.CAUSAL_ATTENTION)
            ? AttentionMask.CAUSAL
            : files.config().attentionMask();
    return new ShownTask(new ShownModel(name, files, mask), Optional.of(chosen.config()));
  }
}
