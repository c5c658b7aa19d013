// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi;

/**
 * A task that the host finds through {@link java.util.ServiceLoader}: name this class in {@code
 * META-INF/services/dev.bertctl.spi.TaskPlugin}.
 *
 * <p>The class needs a public constructor without parameters that does nothing costly: it runs
 * whenever tasks are listed.
 *
 * @param <O> the task's own options, an interface annotated as a SmallRye config mapping is: one
 *     method an option, {@code @WithDefault} for its default, {@link Doc} for its description. The
 *     host binds it to the task's section of the configuration.
 */
public interface TaskPlugin<O> {

  /**
   * The name by which users call the task, such as {@code nli}. It is written into saved models and
   * must not change: lower-case letters, digits and dashes, beginning with a letter.
   */
  String name();

  /** One line that says what the task does, for {@code list-tasks}. */
  String summary();

  /** The interface of the task's own options. */
  Class<O> optionsType();

  /**
   * Makes the task for given options.
   *
   * @throws OptionException if options that are each valid do not fit together
   */
  Task<?, ?> create(O options);
}
