// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bertctl.runtime.UserException;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Writes rows as JSON lines, csv or tsv. */
abstract sealed class RowWriter implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final CSVFormat CSV = CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();

  /** As bertctl reads it: quotes are ordinary characters. */
  private static final CSVFormat TSV =
      CSVFormat.TDF.builder().setRecordSeparator('\n').setQuote(null).get();

  /** One JSON object a line. */
  static RowWriter jsonLines(Writer out) {
    return new JsonLinesRows(out);
  }

  /** The format that a file's ending tells: csv, tsv, or else JSON lines. */
  static RowWriter of(Path file, Writer out) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".csv")) {
      return new TableRows(out, CSV);
    }
    if (name.endsWith(".tsv")) {
      return new TableRows(out, TSV);
    }
    return jsonLines(out);
  }

  /** Writes one row. */
  final void write(Map<String, Object> row) {
    try {
      print(row);
    } catch (IOException e) {
      throw new UserException("the output cannot be written: " + e, e);
    }
  }

  abstract void print(Map<String, Object> row) throws IOException;

  @Override
  public final void close() {
    try {
      finish();
    } catch (IOException e) {
      throw new UserException("the output cannot be written: " + e, e);
    }
  }

  abstract void finish() throws IOException;

  private static final class JsonLinesRows extends RowWriter {

    private final Writer out;

    JsonLinesRows(Writer out) {
      this.out = out;
    }

    @Override
    void print(Map<String, Object> row) throws IOException {
      out.write(JSON.writeValueAsString(row));
      out.write('\n');
    }

    @Override
    void finish() throws IOException {
      out.flush();
    }
  }

  /**
   * A map becomes a column for each key, {@code probabilities.yes}. The columns are those of all
   * rows, so nothing is written before the last; what a row lacks stays empty.
   */
  private static final class TableRows extends RowWriter {

    private final CSVFormat format;
    private final CSVPrinter printer;
    private final List<Map<String, Object>> rows = new ArrayList<>();

    TableRows(Writer out, CSVFormat format) {
      this.format = format;
      try {
        this.printer = new CSVPrinter(out, format);
      } catch (IOException e) {
        throw new UserException("the output cannot be written: " + e, e);
      }
    }

    @Override
    void print(Map<String, Object> row) throws IOException {
      Map<String, Object> cells = cells(row);
      rows.add(cells);
      cells.forEach(this::check);
    }

    private void check(String column, Object value) {
      if (!format.isQuoteCharacterSet() && value.toString().matches("(?s).*[\\t\\r\\n].*")) {
        throw new UserException(
            "row %d of the output has a tab or a line break in column '%s', which tsv cannot hold. Write csv or JSON lines instead: name the output .csv or .jsonl"
                .formatted(rows.size(), column));
      }
    }

    private static Map<String, Object> cells(Map<String, Object> row) throws IOException {
      Map<String, Object> cells = new LinkedHashMap<>();
      for (Map.Entry<String, Object> field : row.entrySet()) {
        if (field.getValue() instanceof Map<?, ?> map) {
          for (Map.Entry<?, ?> part : map.entrySet()) {
            cells.put(field.getKey() + "." + part.getKey(), plain(part.getValue()));
          }
        } else {
          cells.put(field.getKey(), plain(field.getValue()));
        }
      }
      return cells;
    }

    /** Lists, and maps within maps, as JSON. */
    private static Object plain(Object value) throws IOException {
      return value instanceof Iterable<?> || value instanceof Map<?, ?>
          ? JSON.writeValueAsString(value)
          : value;
    }

    @Override
    void finish() throws IOException {
      Set<String> header = new LinkedHashSet<>();
      rows.forEach(row -> header.addAll(row.keySet()));
      if (!header.isEmpty()) {
        printer.printRecord(header);
      }
      for (Map<String, Object> row : rows) {
        printer.printRecord(header.stream().map(column -> row.getOrDefault(column, "")));
      }
      printer.close(true);
    }
  }
}
