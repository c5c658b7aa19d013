// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.comparison;

import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.data.Location;
import dev.bertctl.spi.data.Row;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A file of predictions that sees to it that they are for the examples that they are compared on:
 * predictions stand beside the columns of their examples, as bertctl writes them, and these tell.
 *
 * <p>Where a task reads one of these columns itself, such as an id, it matches predictions by it.
 */
final class AlignedRows implements DataFile {

  private final DataFile file;
  private final Set<String> read = new HashSet<>();
  private final List<Row> rows = new ArrayList<>();

  AlignedRows(DataFile file) {
    this.file = file;
  }

  /**
   * Checks, when the predictions have been read, that each row has its example's values.
   *
   * @throws DataException naming the first that has not
   */
  void requireFor(List<? extends Example> examples) {
    for (int i = 0; i < Math.min(rows.size(), examples.size()); i++) {
      Example example = examples.get(i);
      if (!Collections.disjoint(read, example.columns().keySet())) {
        return;
      }
      for (Map.Entry<String, Object> own : example.columns().entrySet()) {
        Object other = rows.get(i).columns().get(own.getKey());
        if (other != null && !other.toString().equals(String.valueOf(own.getValue()))) {
          throw new DataException(
              rows.get(i).location(),
              "this is no prediction for example %d at %s: '%s' is %s here and %s there; compare predictions for the same examples"
                  .formatted(
                      i + 1,
                      example.location(),
                      own.getKey(),
                      Shown.value(other),
                      Shown.value(own.getValue())));
        }
      }
    }
  }

  @Override
  public Location location() {
    return file.location();
  }

  @Override
  public Format format() {
    return file.format();
  }

  @Override
  public boolean canBeReread() {
    return file.canBeReread();
  }

  @Override
  public Stream<Row> rows() {
    return file.rows()
        .map(
            row -> {
              rows.add(row);
              return new Watched(row, read);
            });
  }

  @Override
  public Stream<Line> lines() {
    return file.lines();
  }

  @Override
  public Object json() {
    return file.json();
  }

  /**
   * A row that notes which columns are read.
   *
   * @param row the row
   * @param read takes their names, as the file has them
   */
  private record Watched(Row row, Set<String> read) implements Row {

    private Column note(Column column) {
      column.names().stream().filter(row.columns()::containsKey).findFirst().ifPresent(read::add);
      return column;
    }

    @Override
    public Location location() {
      return row.location();
    }

    @Override
    public Map<String, Object> columns() {
      return row.columns();
    }

    @Override
    public boolean has(Column column) {
      return row.has(column);
    }

    @Override
    public Optional<String> find(Column column) {
      return row.find(note(column));
    }

    @Override
    public String get(Column column) {
      return row.get(note(column));
    }

    @Override
    public String textOrEmpty(Column column) {
      return row.textOrEmpty(note(column));
    }

    @Override
    public Object value(Column column) {
      return row.value(note(column));
    }

    @Override
    public boolean endsBefore(Column column) {
      return row.endsBefore(column);
    }

    @Override
    public boolean isNull(Column column) {
      return row.isNull(column);
    }
  }
}
