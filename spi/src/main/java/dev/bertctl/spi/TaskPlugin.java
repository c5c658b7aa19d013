// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi;

import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.InputColumn;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A task that the host finds through {@link java.util.ServiceLoader}: name this class in {@code
 * META-INF/services/dev.bertctl.spi.TaskPlugin}.
 *
 * <p>The class needs a public constructor without parameters that does nothing costly: it runs
 * whenever a command uses a task, of whichever plugin.
 *
 * <p>The task of docs/writing-a-task.md is called {@code sentiment}, has one option, {@code
 * labels}, and is put together in {@code create} of stock parts in six lines.
 *
 * <p>The host uses one instance, from one thread at a time.
 *
 * @param <O> the task's own options, an interface annotated as a SmallRye config mapping is: one
 *     method an option, {@code @WithDefault} for its default, {@link Doc} for its description. The
 *     host binds it to the task's section of the configuration.
 */
public interface TaskPlugin<O> {

  /**
   * {@return the name by which users call the task, such as {@code nli}} It is written into saved
   * models and must not change: lower-case letters, digits and dashes, beginning with a letter.
   */
  String name();

  /** {@return one line that says what the task does, for {@code list-tasks}} */
  String summary();

  /** {@return the interface of the task's own options} */
  Class<O> optionsType();

  /**
   * Makes the task for given options.
   *
   * @param options the options, each of them checked for its type
   * @return the task; made anew at each call
   * @throws OptionException if options that are each valid do not fit together
   */
  Task<?, ?> create(O options);

  /**
   * Options that are found in the training data where the user leaves them out, such as a tagger's
   * labels. The host asks once before training and keeps the answer with the saved model.
   *
   * @param options as the user gave them
   * @param training the training data
   * @return values by name, as they would stand in the configuration: texts, numbers, booleans, or
   *     lists of these; nothing if no option is to be found
   * @throws dev.bertctl.spi.data.DataException if the data cannot be used
   */
  default Map<String, Object> findOptions(O options, DataFile training) {
    return Map.of();
  }

  /**
   * The columns that the task reads of files with rows. By them the host finds out what is what in
   * data it has never seen ({@code run --data}), and predicts for texts that stand on the command
   * line, which are one row after the other with the texts in this order.
   *
   * @param options as the user gave them; what {@link #findOptions} would find is missing
   * @return what is read of each row; nothing for a task that reads files of another form only
   */
  default List<InputColumn> columns(O options) {
    return List.of();
  }

  /**
   * {@return settings of every run for which this task has a better default, by key, such as {@code
   * max-length} with {@code 384}} Whatever the user sets is stronger.
   */
  default Map<String, String> defaultSettings() {
    return Map.of();
  }

  /**
   * {@return the format of data files whose ending tells none, and of standard input; without it
   * the user is asked for one} Where it is {@link DataFile.Format#TEXT}, files that end in {@code
   * .txt} are text, and otherwise tables with tabs. Where it is {@link DataFile.Format#CONLL},
   * files that end in {@code .txt}, {@code .tsv} or something unknown, and standard input, are
   * CoNLL columns if their first lines show it, and else text.
   */
  default Optional<DataFile.Format> usualFormat() {
    return Optional.empty();
  }
}
