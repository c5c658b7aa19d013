// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.start;

import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.InputColumn;
import dev.bertctl.spi.data.InputColumn.Kind;
import dev.bertctl.spi.data.Location;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out which column of a file is which of a task's: by the user's word, by the name, or by
 * what it holds. Of what is left after names, the label is the column with the fewest different
 * values, the texts are the longest.
 */
final class ColumnChoice {

  private final Location file;
  private final TableFacts table;
  private final Map<String, String> mapping;
  private final Map<InputColumn, Chosen> chosen = new LinkedHashMap<>();
  private final Set<String> taken = new HashSet<>();

  /**
   * A column of the file.
   *
   * @param name in the file
   * @param why it was taken
   * @param guessed whether neither the user nor its name said so
   */
  record Chosen(String name, String why, boolean guessed) {}

  private ColumnChoice(Location file, TableFacts table, Map<String, String> mapping) {
    this.file = file;
    this.table = table;
    this.mapping = mapping;
  }

  /**
   * Chooses.
   *
   * @param file for messages
   * @param mapping the user's names for columns of the task
   * @return a column for each that the task needs, and for others that the file has, in the task's
   *     order
   * @throws DataException if the file has none for one that the task needs
   */
  static Map<InputColumn, Chosen> of(
      Location file, TableFacts table, Map<String, String> mapping, List<InputColumn> wanted) {
    ColumnChoice choice = new ColumnChoice(file, table, mapping);
    wanted.forEach(choice::takeNamed);
    wanted.stream()
        .filter(choice::isMissing)
        .filter(one -> one.kind().isGold())
        .forEach(choice::takeGold);
    choice.takeTexts(wanted.stream().filter(choice::isMissing).toList());
    Map<InputColumn, Chosen> ordered = new LinkedHashMap<>();
    wanted.stream()
        .filter(choice.chosen::containsKey)
        .forEach(column -> ordered.put(column, choice.chosen.get(column)));
    return ordered;
  }

  private boolean isMissing(InputColumn column) {
    return column.required() && !chosen.containsKey(column);
  }

  private void takeNamed(InputColumn wanted) {
    String mapped = mapping.get(wanted.column().name());
    if (mapped != null) {
      // Whether it is there the reader says, with the columns there are.
      take(wanted, new Chosen(mapped, "as data.columns says", false));
      return;
    }
    Optional<String> exact = wanted.column().names().stream().filter(this::isFree).findFirst();
    if (exact.isPresent()) {
      take(wanted, new Chosen(exact.get(), "by its name", false));
      return;
    }
    wanted.column().names().stream()
        .flatMap(name -> table.columns().keySet().stream().filter(name::equalsIgnoreCase))
        .filter(this::isFree)
        .findFirst()
        .ifPresent(name -> take(wanted, new Chosen(name, "by its name", true)));
  }

  private boolean isFree(String name) {
    return table.columns().containsKey(name) && !taken.contains(name);
  }

  private void take(InputColumn wanted, Chosen column) {
    chosen.put(wanted, column);
    taken.add(column.name());
  }

  private void takeGold(InputColumn wanted) {
    boolean label = wanted.kind() == Kind.LABEL;
    Comparator<Map.Entry<String, ColumnFacts>> order =
        Comparator.comparingInt(entry -> entry.getValue().different());
    String name =
        table.columns().entrySet().stream()
            .filter(entry -> isFree(entry.getKey()))
            .filter(entry -> label ? entry.getValue().mayBeLabel() : entry.getValue().isNumeric())
            .min(label ? order : order.reversed())
            .map(Map.Entry::getKey)
            .orElseThrow(
                () -> missing(wanted, label ? "few values, each more than once" : "numbers"));
    take(
        wanted,
        new Chosen(
            name,
            (label ? "the fewest different values: %,d" : "numbers, %,d different ones")
                .formatted(table.columns().get(name).different()),
            true));
  }

  /** The longest, in the file's order. */
  private void takeTexts(List<InputColumn> wanted) {
    List<String> longest =
        table.columns().entrySet().stream()
            .filter(entry -> isFree(entry.getKey()) && entry.getValue().mayBeText())
            .sorted(
                Comparator.comparingLong(
                    (Map.Entry<String, ColumnFacts> entry) -> -entry.getValue().meanLength()))
            .limit(wanted.size())
            .map(Map.Entry::getKey)
            .toList();
    List<String> inOrder = new ArrayList<>(table.columns().keySet());
    inOrder.retainAll(longest);
    for (int i = 0; i < wanted.size(); i++) {
      if (i == inOrder.size()) {
        throw missing(wanted.get(i), "texts");
      }
      String name = inOrder.get(i);
      take(
          wanted.get(i),
          new Chosen(
              name,
              "the longest texts: %,d characters on average"
                  .formatted(table.columns().get(name).meanLength()),
              true));
    }
  }

  private DataException missing(InputColumn wanted, String what) {
    return new DataException(
        file,
        "no column looks like '%s', which would hold %s; name it with --set data.columns.%s=COLUMN, one of: %s"
            .formatted(
                wanted.column().name(),
                what,
                wanted.column().name(),
                String.join(", ", table.columns().keySet())));
  }
}
