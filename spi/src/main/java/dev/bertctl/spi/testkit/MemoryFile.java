// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.testkit;

import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.Location;
import dev.bertctl.spi.data.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A data file in memory, called {@code memory}.
 *
 * <p>{@code MemoryFile.lines("John B-PER", "")} has two lines.
 *
 * @param format how the file is written
 * @param content its rows ({@code Map<String, Object>}), its lines, or the one document
 */
public record MemoryFile(Format format, List<Object> content) implements DataFile {

  /**
   * Copies the content.
   *
   * @param format how the file is written
   * @param content its rows, its lines, or the one document
   */
  public MemoryFile {
    content = List.copyOf(content);
  }

  /**
   * {@return a JSON-lines file; the first row is line 1. Numbers become what a file gives: {@code
   * Long} or {@code Double}}
   *
   * @param rows columns by name, for each row
   */
  public static MemoryFile rows(List<Map<String, Object>> rows) {
    return new MemoryFile(Format.JSONL, rows.stream().<Object>map(MemoryFile::asRead).toList());
  }

  /** As a file gives it back: integers are {@code Long}, others {@code Double}. */
  private static Map<String, Object> asRead(Map<?, ?> map) {
    Map<String, Object> read = new LinkedHashMap<>();
    map.forEach((name, value) -> read.put(name.toString(), value == null ? null : asRead(value)));
    return read;
  }

  private static Object asRead(Object value) {
    if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
      return ((Number) value).longValue();
    }
    if (value instanceof Float number) {
      return Double.valueOf(number.toString());
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> read = asRead(map);
      read.values().removeIf(Objects::isNull);
      return read;
    }
    if (value instanceof List<?> list) {
      return list.stream().map(MemoryFile::asRead).toList();
    }
    if (value instanceof String
        || value instanceof Long
        || value instanceof Double
        || value instanceof Boolean) {
      return value;
    }
    throw new IllegalArgumentException(
        "%s is no plain value; give text, numbers, booleans, lists or maps"
            .formatted(value == null ? "null" : "the " + value.getClass().getName() + " " + value));
  }

  /**
   * {@return the rows of a TSV file, as rows in memory: its first line has the columns' names, tabs
   * stand between values}
   *
   * @param file the file, in UTF-8
   * @throws UncheckedIOException if it cannot be read
   */
  public static MemoryFile tsv(Path file) {
    try {
      List<String> lines = Files.readAllLines(file);
      List<String> names = List.of(lines.get(0).split("\t", -1));
      return rows(lines.stream().skip(1).map(line -> row(names, line.split("\t", -1))).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Object> row(List<String> names, String... values) {
    Map<String, Object> row = new LinkedHashMap<>();
    for (int column = 0; column < values.length; column++) {
      row.put(names.get(column), values[column]);
    }
    return row;
  }

  /**
   * {@return a text file}
   *
   * @param lines the lines without their ends
   */
  public static MemoryFile lines(String... lines) {
    return new MemoryFile(Format.TEXT, List.of((Object[]) lines));
  }

  /**
   * {@return a file of CoNLL columns}
   *
   * @param lines the lines without their ends
   */
  public static MemoryFile conll(String... lines) {
    return new MemoryFile(Format.CONLL, List.of((Object[]) lines));
  }

  /**
   * {@return a JSON document of plain Java values}
   *
   * @param document maps with texts as keys, lists, texts, numbers and booleans
   */
  public static MemoryFile json(Object document) {
    return new MemoryFile(Format.JSON, List.of(asRead(document)));
  }

  /**
   * {@return these rows without a column, such as that of the gold labels}
   *
   * @param column the column's name
   * @throws IllegalArgumentException if none of them has it
   */
  public MemoryFile without(String column) {
    if (rows().noneMatch(row -> row.columns().containsKey(column))) {
      throw new IllegalArgumentException(
          "no row has the column '%s'%s, so there is nothing to leave out"
              .formatted(column, known(rows())));
    }
    return rows(
        rows()
            .map(
                row -> {
                  Map<String, Object> others = new LinkedHashMap<>(row.columns());
                  others.remove(column);
                  return others;
                })
            .toList());
  }

  private static String known(Stream<? extends Row> rows) {
    return rows.flatMap(row -> row.columns().keySet().stream())
        .distinct()
        .collect(Collectors.joining(", ", " (there are: ", ")"));
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
    if (format != Format.CONLL) {
      require(Format.TEXT);
    }
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
    Map<String, Object> values = new LinkedHashMap<>((Map<String, Object>) columns);
    Set<String> nulls = new LinkedHashSet<>(values.keySet());
    values.values().removeIf(Objects::isNull);
    nulls.removeAll(values.keySet());
    return new MemoryRow(new Location("memory", line), Collections.unmodifiableMap(values), nulls);
  }

  private record MemoryRow(Location location, Map<String, Object> columns, Set<String> nulls)
      implements Row {

    @Override
    public boolean has(Column column) {
      return name(column).isPresent();
    }

    @Override
    public boolean isNull(Column column) {
      return !has(column) && name(column, nulls).isPresent();
    }

    @Override
    public Optional<String> find(Column column) {
      return name(column).map(name -> Row.text(location, name, columns.get(name)));
    }

    @Override
    public String get(Column column) {
      return find(column).orElseThrow(() -> missing(column));
    }

    @Override
    public Object value(Column column) {
      return name(column).map(columns::get).orElseThrow(() -> missing(column));
    }

    private DataException missing(Column column) {
      return new DataException(
          location, "no column '%s'%s".formatted(column.name(), known(Stream.of(this))));
    }

    private Optional<String> name(Column column) {
      return name(column, columns.keySet());
    }

    private static Optional<String> name(Column column, Set<String> present) {
      return column.names().stream().filter(present::contains).findFirst();
    }
  }
}
