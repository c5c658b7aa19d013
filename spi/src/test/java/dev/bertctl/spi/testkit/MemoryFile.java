// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.testkit;

import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.Location;
import dev.bertctl.spi.data.Row;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A data file in memory, called {@code memory}.
 *
 * @param format how the file is written
 * @param content its rows ({@code Map<String, Object>}), its lines, or the one document
 */
public record MemoryFile(Format format, List<Object> content) implements DataFile {

  /** Copies the content. */
  public MemoryFile {
    content = List.copyOf(content);
  }

  /** A JSON-lines file; the first row is line 1. */
  public static MemoryFile rows(List<Map<String, Object>> rows) {
    return new MemoryFile(Format.JSONL, List.copyOf(rows));
  }

  /** A text file. */
  public static MemoryFile lines(String... lines) {
    return new MemoryFile(Format.TEXT, List.of((Object[]) lines));
  }

  /** A JSON document of plain Java values. */
  public static MemoryFile json(Object document) {
    return new MemoryFile(Format.JSON, List.of(document));
  }

  @Override
  public Location location() {
    return new Location("memory", 0);
  }

  @Override
  public boolean canBeReread() {
    return true;
  }

  @Override
  public Stream<Row> rows() {
    require(Format.JSONL);
    return IntStream.range(0, content.size()).mapToObj(i -> row(i + 1, content.get(i)));
  }

  @Override
  public Stream<Line> lines() {
    require(Format.TEXT);
    return IntStream.range(0, content.size())
        .mapToObj(i -> new Line(new Location("memory", i + 1), (String) content.get(i)));
  }

  @Override
  public Object json() {
    require(Format.JSON);
    return content.get(0);
  }

  private void require(Format wanted) {
    if (format != wanted) {
      throw new DataException(location(), "is of format %s, not %s".formatted(format, wanted));
    }
  }

  @SuppressWarnings("unchecked")
  private static Row row(int line, Object columns) {
    return new MemoryRow(new Location("memory", line), (Map<String, Object>) columns);
  }

  private record MemoryRow(Location location, Map<String, Object> columns) implements Row {

    @Override
    public boolean has(Column column) {
      return name(column).isPresent();
    }

    @Override
    public Optional<String> find(Column column) {
      return name(column).map(name -> columns.get(name).toString());
    }

    @Override
    public String get(Column column) {
      return value(column).toString();
    }

    @Override
    public Object value(Column column) {
      return name(column)
          .map(columns::get)
          .orElseThrow(
              () -> new DataException(location, "no column '%s'".formatted(column.name())));
    }

    private Optional<String> name(Column column) {
      return Stream.concat(Stream.of(column.name()), column.aliases().stream())
          .filter(columns::containsKey)
          .findFirst();
    }
  }
}
