// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bertctl.core.UserException;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Writes rows as JSON lines, csv or tsv. */
abstract sealed class RowWriter implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** One JSON object a line. */
  static RowWriter jsonLines(Writer out) {
    return new JsonLinesRows(out);
  }

  /** The format that a file's ending tells: csv, tsv, or else JSON lines. */
  static RowWriter of(Path file, Writer out) {
    String name = file.getFileName().toString();
    if (name.endsWith(".csv")) {
      return new TableRows(out, CSVFormat.RFC4180.builder().setRecordSeparator('\n').get());
    }
    if (name.endsWith(".tsv")) {
      return new TableRows(out, CSVFormat.TDF);
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
   * The first row makes the header; a map becomes a column for each key, {@code probabilities.yes}.
   */
  private static final class TableRows extends RowWriter {

    private final CSVPrinter printer;
    private boolean begun;

    TableRows(Writer out, CSVFormat format) {
      try {
        this.printer = new CSVPrinter(out, format);
      } catch (IOException e) {
        throw new UserException("the output cannot be written: " + e, e);
      }
    }

    @Override
    void print(Map<String, Object> row) throws IOException {
      Map<String, Object> flat = new LinkedHashMap<>();
      for (Map.Entry<String, Object> field : row.entrySet()) {
        if (field.getValue() instanceof Map<?, ?> map) {
          map.forEach((key, value) -> flat.put(field.getKey() + "." + key, value));
        } else {
          flat.put(field.getKey(), plain(field.getValue()));
        }
      }
      if (!begun) {
        printer.printRecord(flat.keySet());
        begun = true;
      }
      printer.printRecord(flat.values());
    }

    private static Object plain(Object value) throws IOException {
      return value instanceof Iterable<?> ? JSON.writeValueAsString(value) : value;
    }

    @Override
    void finish() throws IOException {
      printer.close(true);
    }
  }
}
