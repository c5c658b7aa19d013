// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.rows;

import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.Location;
import dev.bertctl.spi.data.Row;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Rows that a program has, read as those of a file of JSON lines are. The second row is at {@code
 * NAME:2}.
 */
public final class RowsInMemory implements DataFile {

  private final String name;
  private final List<? extends Map<String, ?>> rows;
  private final RowTerms terms;

  /**
   * @param name where they come from, for messages
   * @param rows values by column: texts, numbers, booleans, nulls, lists and maps of these
   * @param terms finds columns and labels
   */
  public RowsInMemory(String name, List<? extends Map<String, ?>> rows, RowTerms terms) {
    this.name = name;
    this.rows = List.copyOf(rows);
    this.terms = terms;
  }

  @Override
  public Location location() {
    return new Location(name, 0);
  }

  @Override
  public Format format() {
    return Format.JSONL;
  }

  @Override
  public boolean canBeReread() {
    return true;
  }

  @Override
  public Stream<Row> rows() {
    return IntStream.range(0, rows.size()).mapToObj(this::row);
  }

  private Row row(int index) {
    Location location = new Location(name, index + 1);
    return DataRow.json(location, new PlainValues(location).row(rows.get(index)), terms);
  }

  @Override
  public Stream<Line> lines() {
    throw notRows("lines of text");
  }

  @Override
  public Object json() {
    throw notRows("a JSON document");
  }

  private DataException notRows(String needed) {
    return new DataException(
        location(), "the task reads %s, and no rows with columns".formatted(needed));
  }
}
