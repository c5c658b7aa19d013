// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.predict;

import dev.bertctl.runtime.huggingface.PretrainedModel;
import dev.bertctl.runtime.options.Binder;
import dev.bertctl.runtime.options.Origin;
import dev.bertctl.runtime.options.Schema;
import dev.bertctl.runtime.options.Value;
import dev.bertctl.runtime.registry.TaskRegistry;
import dev.bertctl.runtime.saved.SavedTask;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.data.InputColumn;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What is known of a model's task before its weights are read.
 *
 * @param task the task, with the options that the model was trained with
 * @param columns the columns that it reads of a row; none if it does not say
 */
public record DescribedTask(Task<?, ?> task, List<InputColumn> columns) {

  /** Copies the list. */
  public DescribedTask {
    columns = List.copyOf(columns);
  }

  /**
   * The task of a model that was saved for it.
   *
   * @param folder the model's folder, or that of the run which saved it
   * @param options where the task is looked for
   * @throws dev.bertctl.runtime.UserException if there is no such model, or its task's plugin is
   *     not there
   */
  public static DescribedTask of(Path folder, PredictorOptions options) {
    SavedTask saved = SavedTask.open(folder);
    return of(saved, saved.pluginIn(tasks(options), options.notice()));
  }

  /**
   * A task that is applied to a model, as {@link Predictor#apply} does.
   *
   * @param task the task's name
   * @param values settings by key
   * @throws dev.bertctl.runtime.options.ConfigException naming all settings that are wrong
   * @throws dev.bertctl.runtime.UserException if there is no such task
   */
  public static DescribedTask of(
      PretrainedModel pretrained,
      String task,
      Map<String, String> values,
      PredictorOptions options) {
    TaskPlugin<?> plugin = tasks(options).get(task).plugin();
    return of(AppliedTask.of(plugin, pretrained, values), plugin);
  }

  static <O> DescribedTask of(SavedTask saved, TaskPlugin<O> plugin) {
    O own = bound(plugin.optionsType(), saved);
    return new DescribedTask(plugin.create(own), plugin.columns(own));
  }

  /** What was saved of an interface's own settings, as an object of it. */
  static <T> T bound(Class<T> options, SavedTask saved) {
    Schema schema = Schema.of(List.of(options));
    Binder binder = new Binder(schema);
    Origin origin = Origin.of(saved.folder().resolve(SavedTask.FILE).toString());
    saved
        .values()
        .forEach(
            (key, text) -> {
              if (schema.find(key).isPresent()) {
                binder.add(Value.scalar(key, text, origin));
              }
            });
    return binder.bind(origin, "The model was saved by another version of the task.").as(options);
  }

  static TaskRegistry tasks(PredictorOptions options) {
    return options.tasks().orElseGet(() -> TaskRegistry.load(classLoader()));
  }

  /** The thread's own, if it sees the program at all: a thread of a common pool may not. */
  private static ClassLoader classLoader() {
    ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
    try {
      Class.forName(Predictor.class.getName(), false, ofThread);
      return ofThread;
    } catch (ClassNotFoundException e) {
      return Predictor.class.getClassLoader();
    }
  }
}
