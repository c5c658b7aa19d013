// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.data;

import java.util.List;

/**
 * A column that a task reads. Users map their own name onto it with {@code data.columns.NAME};
 * without a mapping the file's column is the first of name and aliases that the file has.
 *
 * @param name the task's name for it, such as {@code premise}
 * @param aliases what usual distributions of the data call it, such as {@code sentence1}
 */
public record Column(String name, List<String> aliases) {

  /** Copies the aliases. */
  public Column {
    aliases = List.copyOf(aliases);
  }

  /** A column and what usual distributions of the data call it. */
  public static Column named(String name, String... aliases) {
    return new Column(name, List.of(aliases));
  }
}
