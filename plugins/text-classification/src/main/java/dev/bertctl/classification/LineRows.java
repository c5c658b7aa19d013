// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.classification;

import dev.bertctl.classification.LineLabels.LabelledLine;
import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.Location;
import dev.bertctl.spi.data.Row;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A file of lines of text as rows with the columns {@code text} and, where the line has labels,
 * {@code label}, a list; blank lines are none.
 *
 * @param file the file
 * @param labels where its lines have labels; empty if they have none
 */
record LineRows(DataFile file, Optional<LineLabels> labels) implements DataFile {

  private static final String TEXT = "text";
  private static final String LABEL = "label";

  /** A file of rows as it is, and one of lines as rows. */
  static DataFile of(DataFile file, Optional<LineLabels> labels) {
    return file.format() == Format.TEXT ? new LineRows(file, labels) : file;
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
    return file.lines().filter(line -> !line.text().isBlank()).map(this::row);
  }

  @Override
  public Stream<Line> lines() {
    return file.lines();
  }

  @Override
  public Object json() {
    return file.json();
  }

  private Row row(Line line) {
    Map<String, Object> columns = new LinkedHashMap<>();
    Optional<LabelledLine> labelled = labels.flatMap(form -> form.in(line));
    columns.put(TEXT, labelled.map(LabelledLine::text).orElse(line.text()));
    labelled.ifPresent(found -> columns.put(LABEL, found.labels()));
    return new LineRow(line.location(), columns, remedy());
  }

  private String remedy() {
    return labels
        .map(LineLabels::remedy)
        .orElse(
            "lines of text have no labels; say with line-labels where they have them (trec-coarse, trec-fine, fasttext, folder), or give a table");
  }

  private record LineRow(Location location, Map<String, Object> columns, String remedy)
      implements Row {

    @Override
    public boolean has(Column column) {
      return columns.containsKey(column.name());
    }

    @Override
    public Optional<String> find(Column column) {
      return has(column) ? Optional.of(get(column)) : Optional.empty();
    }

    @Override
    public String get(Column column) {
      return Row.text(location, column.name(), value(column));
    }

    @Override
    public Object value(Column column) {
      if (!has(column)) {
        throw new DataException(
            location,
            column.name().equals(LABEL)
                ? remedy
                : "lines of text have no column '%s'; give a table".formatted(column.name()));
      }
      return columns.get(column.name());
    }
  }
}
