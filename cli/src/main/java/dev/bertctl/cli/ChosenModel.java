// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.core.config.AppConfig;
import dev.bertctl.core.config.Assignment;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.models.ModelStore;
import dev.bertctl.core.runs.FineTunedModel;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.huggingface.PretrainedModel;
import dev.bertctl.runtime.registry.TaskRegistry;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The model that a command is given with the task that it is used for.
 *
 * @param config the task's configuration
 * @param saved the model as bertctl saved it for this task; empty for another one, which the task
 *     is applied to
 */
record ChosenModel(TaskConfig<?> config, Optional<FineTunedModel> saved) {

  /**
   * Finds a model's task.
   *
   * @param model folder of a run, or of its model; with a task also a pretrained model
   * @param task the task to apply; that which the model was trained on if empty
   * @param command the command, for messages
   * @param assignments what the command line says
   * @param notice is told if the plugin is not the one that the model was made with
   * @throws UserException if there is no such model, or no task of it
   */
  static ChosenModel of(
      TaskRegistry registry,
      String model,
      Optional<String> task,
      String command,
      List<Assignment> assignments,
      Consumer<String> notice) {
    Optional<FineTunedModel> found = saved(model);
    Optional<FineTunedModel> own =
        found.filter(saved -> task.map(name -> name.equals(saved.task())).orElse(true));
    return new ChosenModel(
        own.<TaskConfig<?>>map(saved -> saved.config(saved.pluginIn(registry, notice), assignments))
            .orElseGet(() -> applied(registry, model, found, task, command, assignments)),
        own);
  }

  /** What bertctl saved in a folder, if a model is named so. */
  static Optional<FineTunedModel> saved(String model) {
    return folder(model).flatMap(FineTunedModel::find);
  }

  /** The files of any model, saved or pretrained. */
  static PretrainedModel files(ModelStore store, String model) {
    return saved(model)
        .map(own -> own.files(store))
        .orElseGet(() -> store.open(model, Path.of("")));
  }

  /** MODEL as a folder; another reference may have what names of files must not have. */
  private static Optional<Path> folder(String model) {
    try {
      return Optional.of(Path.of(model));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** Of a task that is applied to a model. */
  private static TaskConfig<?> applied(
      TaskRegistry registry,
      String model,
      Optional<FineTunedModel> found,
      Optional<String> task,
      String command,
      List<Assignment> assignments) {
    if (task.isEmpty()) {
      // Says that there is no such model.
      folder(model).filter(Files::isDirectory).ifPresent(FineTunedModel::open);
      throw new UserException(
          "%s: no folder of a model saved by bertctl; give one, such as runs/nli, or name with --task what a pretrained model is to be applied to"
              .formatted(model));
    }
    return AppConfig.of(
        Map.of("model", found.map(saved -> saved.folder().toString()).orElse(model)),
        "%s --task %s".formatted(command, task.get()),
        registry.get(task.get()).plugin(),
        assignments);
  }

  /** Its files. */
  PretrainedModel files(ModelStore store) {
    return saved
        .map(own -> own.files(store))
        .orElseGet(() -> store.open(config.settings().model().orElseThrow(), Path.of("")));
  }
}
