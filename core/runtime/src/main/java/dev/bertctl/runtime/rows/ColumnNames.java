// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.rows;

import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.Invisible;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds a task's columns under the file's names, and remembers which ones were asked for. */
public final class ColumnNames {

  /** Of the name of a column. */
  private static final int MOST_WORDS = 5;

  private final Map<String, String> mapping;
  private final boolean mappable;
  private final Set<String> asked = new LinkedHashSet<>();
  private Optional<Column> labels = Optional.empty();

  /**
   * @param mapping the user's names for columns of the task: task's name to file's name
   */
  public ColumnNames(Map<String, String> mapping) {
    this(mapping, true);
  }

  private ColumnNames(Map<String, String> mapping, boolean mappable) {
    this.mapping =
        mapping.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey, entry -> Invisible.strip(entry.getValue())));
    this.mappable = mappable;
  }

  /** For a file that no setting names columns of. */
  public static ColumnNames fixed() {
    return new ColumnNames(Map.of(), false);
  }

  /**
   * For rows whose columns were named when the model was trained, once and for all.
   *
   * @param mapping names for columns of the task: task's name to the rows' name
   */
  public static ColumnNames settled(Map<String, String> mapping) {
    return new ColumnNames(mapping, false);
  }

  /** The file's name of a column, if the file has it. */
  public Optional<String> find(Column column, Set<String> present) {
    asked.add(column.name());
    if (labels.isEmpty() && LabelSynonyms.isIn(column)) {
      labels = Optional.of(column);
    }
    return candidates(column).stream().filter(present::contains).findFirst();
  }

  /** Whether the user has named a column. */
  public boolean isMapped(Column column) {
    return mapping.containsKey(column.name());
  }

  /**
   * What is wrong if there is no such column.
   *
   * @param where what the columns were looked for in: the file, the row
   */
  public String missing(Column column, Set<String> present, String where) {
    String mapped = mapping.get(column.name());
    String tried =
        mapped != null
            ? "no column '%s', which data.columns.%s names".formatted(mapped, column.name())
            : "no column '%s'%s".formatted(column.name(), aliases(column));
    return "%s; the %s has: %s. %s%s"
        .formatted(
            tried,
            where,
            names(present),
            remedy(column, mapped != null),
            mappable && present.stream().anyMatch(ColumnNames::isMostLikelyACell)
                ? "; or, if its first line is no header but a row, name all columns in their order with data.header"
                : "");
  }

  /** A number or a sentence is hardly the name of a column. */
  private static boolean isMostLikelyACell(String name) {
    return name.matches("[+-]?\\d+([.,]\\d+)?") || name.split("\\s+").length > MOST_WORDS;
  }

  private String remedy(Column column, boolean mapped) {
    if (!mappable) {
      return "Rename the column that holds it";
    }
    return (mapped ? "Correct" : "Name it with") + " data.columns." + column.name();
  }

  /** Mapped columns that nobody asked for: most likely mistyped. */
  public Set<String> unused() {
    Set<String> unused = new LinkedHashSet<>(mapping.keySet());
    unused.removeAll(asked);
    return unused;
  }

  /** The column of labels that was asked for first, if any was. */
  public Optional<Column> labels() {
    return labels;
  }

  /** The columns that were asked for. */
  public Set<String> asked() {
    return asked;
  }

  private List<String> candidates(Column column) {
    String mapped = mapping.get(column.name());
    return mapped != null ? List.of(mapped) : column.names();
  }

  /** Those that differ in more than capitals. */
  private static String aliases(Column column) {
    Set<String> told = new HashSet<>(Set.of(column.name().toLowerCase(Locale.ROOT)));
    List<String> aliases =
        column.aliases().stream()
            .filter(alias -> told.add(alias.toLowerCase(Locale.ROOT)))
            .toList();
    return aliases.isEmpty()
        ? ""
        : aliases.stream()
            .map(alias -> "'" + alias + "'")
            .collect(Collectors.joining(", ", " (also tried ", ")"));
  }

  private static String names(Set<String> present) {
    return present.stream()
        .map(name -> name.isEmpty() ? "(unnamed)" : name)
        .collect(Collectors.joining(", "));
  }
}
