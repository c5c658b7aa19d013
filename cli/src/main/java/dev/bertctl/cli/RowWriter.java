// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.bertctl.runtime.UserException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Writes rows as JSON lines, csv or tsv. */
abstract sealed class RowWriter implements AutoCloseable {

  /** NaN stays what Python wrote into the input. */
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS).build();

  private static final CSVFormat CSV = CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();

  /** As bertctl reads it: quotes are ordinary characters. */
  private static final CSVFormat TSV =
      CSVFormat.TDF.builder().setRecordSeparator('\n').setQuote(null).get();

  /**
   * One JSON object a line, each seen at once by whoever reads.
   *
   * @param out stays open
   */
  static RowWriter jsonLines(Writer out) {
    return new JsonLinesRows(out, true);
  }

  /**
   * The format that a file's ending tells: csv, tsv, or else JSON lines.
   *
   * @param out is closed in the end
   */
  static RowWriter of(Path file, Writer out) {
    return of(file, out, Path.of(System.getProperty("java.io.tmpdir")));
  }

  /**
   * As {@link #of(Path, Writer)}.
   *
   * @param temporary a folder for what has to be kept until the end
   */
  static RowWriter of(Path file, Writer out, Path temporary) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".csv")) {
      return new TableRows(out, CSV, temporary);
    }
    if (name.endsWith(".tsv")) {
      return new TableRows(out, TSV, temporary);
    }
    return new JsonLinesRows(out, false);
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
    private final boolean watched;

    JsonLinesRows(Writer out, boolean watched) {
      this.out = out;
      this.watched = watched;
    }

    @Override
    void print(Map<String, Object> row) throws IOException {
      out.write(JSON.writeValueAsString(row));
      out.write('\n');
      if (watched) {
        out.flush();
      }
    }

    @Override
    void finish() throws IOException {
      if (!watched) {
        out.close();
      }
    }
  }

  /**
   * A map becomes a column for each key, {@code probabilities.yes}. The columns are those of all
   * rows, so nothing is written before the last; until then rows are kept in a file. What a row
   * lacks stays empty.
   */
  private static final class TableRows extends RowWriter {

    private static final TypeReference<LinkedHashMap<String, String>> CELLS =
        new TypeReference<>() {};

    private final CSVFormat format;
    private final CSVPrinter printer;
    private final Set<String> header = new LinkedHashSet<>();
    private final FileChannel kept;
    private final Writer keeping;
    private long rows;

    TableRows(Writer out, CSVFormat format, Path temporary) {
      this.format = format;
      try {
        this.printer = new CSVPrinter(out, format);
        // The file is gone when it is closed, whatever happens.
        this.kept =
            FileChannel.open(
                Files.createTempFile(temporary, "bertctl-rows-", ".jsonl"),
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE);
        this.keeping = Channels.newWriter(kept, StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UserException("the output cannot be written: " + e, e);
      }
    }

    @Override
    void print(Map<String, Object> row) throws IOException {
      Map<String, Object> cells = cells(row);
      rows++;
      cells.forEach(this::check);
      header.addAll(cells.keySet());
      Map<String, String> texts = new LinkedHashMap<>();
      cells.forEach((column, value) -> texts.put(column, value.toString()));
      keeping.write(JSON.writeValueAsString(texts));
      keeping.write('\n');
    }

    private void check(String column, Object value) {
      if (!format.isQuoteCharacterSet() && value.toString().matches("(?s).*[\\t\\r\\n].*")) {
        throw new UserException(
            "row %d of the output has a tab or a line break in column '%s', which tsv cannot hold. Write csv or JSON lines instead: name the output .csv or .jsonl"
                .formatted(rows, column));
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

    /** Lists, and maps within maps, as JSON; of a null nothing. */
    private static Object plain(Object value) throws IOException {
      if (value == null) {
        return "";
      }
      return value instanceof Iterable<?> || value instanceof Map<?, ?>
          ? JSON.writeValueAsString(value)
          : value;
    }

    @Override
    void finish() throws IOException {
      try (printer;
          kept) {
        keeping.flush();
        kept.position(0);
        BufferedReader reader =
            new BufferedReader(Channels.newReader(kept, StandardCharsets.UTF_8));
        if (!header.isEmpty()) {
          printer.printRecord(header);
        }
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
          Map<String, String> row = JSON.readValue(line, CELLS);
          printer.printRecord(header.stream().map(column -> row.getOrDefault(column, "")));
        }
      }
    }
  }
}
