// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.data;

import java.util.List;
import java.util.stream.Stream;

/**
 * A column that a task reads. Users map their own name onto it with {@code data.columns.NAME};
 * without a mapping the file's column is the first of name and aliases that the file has.
 *
 * <p>{@code Column.named("premise", "sentence1")} finds the third column of a file with the header
 * {@code id, label, sentence1}; with {@code data.columns.premise=text} it finds {@code text}.
 *
 * @param name the task's name for it, such as {@code premise}
 * @param aliases what usual distributions of the data call it, such as {@code sentence1}
 */
public record Column(String name, List<String> aliases) {

  /**
   * Copies the aliases.
   *
   * @param name the task's name for it
   * @param aliases what usual data call it
   */
  public Column {
    aliases = List.copyOf(aliases);
  }

  /**
   * {@return a column and what usual distributions of the data call it}
   *
   * @param name the task's name for it
   * @param aliases what usual distributions of the data call it; the first that a file has counts
   */
  public static Column named(String name, String... aliases) {
    return new Column(name, List.of(aliases));
  }

  /**
   * {@return what it may be called in a file, the most wanted first: the name, then the aliases}
   */
  public List<String> names() {
    return Stream.concat(Stream.of(name), aliases.stream()).toList();
  }
}
