// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.output;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.bertctl.runtime.UserException;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.decode.Prediction;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * A table, csv or tsv. A map becomes a column for each key, {@code probabilities.yes}. The columns
 * are those of all rows, so they are known in the end: until then rows are kept as JSON lines. What
 * a row lacks stays empty.
 */
final class TableForm<X extends Example, P extends Prediction> implements PredictionForm<X, P> {

  private static final TypeReference<LinkedHashMap<String, String>> CELLS =
      new TypeReference<>() {};

  private static final CSVFormat CSV = CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();

  /** As bertctl reads it: quotes are ordinary characters. */
  private static final CSVFormat TSV =
      CSVFormat.TDF.builder().setRecordSeparator('\n').setQuote(null).get();

  private final CSVFormat format;
  private final RowLayout layout;

  private TableForm(CSVFormat format, RowLayout layout) {
    this.format = format;
    this.layout = layout;
  }

  static <X extends Example, P extends Prediction> TableForm<X, P> csv(RowLayout layout) {
    return new TableForm<>(CSV, layout);
  }

  static <X extends Example, P extends Prediction> TableForm<X, P> tsv(RowLayout layout) {
    return new TableForm<>(TSV, layout);
  }

  @Override
  public byte[] part(X example, P prediction, long place) throws IOException {
    Map<String, String> cells = cells(layout.row(example, prediction));
    cells.forEach((column, text) -> check(column, text, place));
    return JsonLinesForm.line(cells);
  }

  private void check(String column, String text, long place) {
    if (!format.isQuoteCharacterSet() && text.chars().anyMatch(TableForm::breaksTsv)) {
      throw new UserException(
          "row %d of the output has a tab or a line break in column '%s', which tsv cannot hold. Write csv or JSON lines instead: name the output .csv or .jsonl"
              .formatted(place + 1, column));
    }
  }

  private static boolean breaksTsv(int character) {
    return character == '\t' || character == '\r' || character == '\n';
  }

  private static Map<String, String> cells(Map<String, Object> row) throws IOException {
    Map<String, String> cells = new LinkedHashMap<>();
    for (Map.Entry<String, Object> field : row.entrySet()) {
      if (field.getValue() instanceof Map<?, ?> map) {
        for (Map.Entry<?, ?> part : map.entrySet()) {
          cells.put(field.getKey() + "." + part.getKey(), text(part.getValue()));
        }
      } else {
        cells.put(field.getKey(), text(field.getValue()));
      }
    }
    return cells;
  }

  /** Lists, and maps within maps, as JSON; of a null nothing. */
  private static String text(Object value) throws IOException {
    if (value == null) {
      return "";
    }
    return value instanceof Iterable<?> || value instanceof Map<?, ?>
        ? JsonLinesForm.JSON.writeValueAsString(value)
        : value.toString();
  }

  @Override
  public Path complete(Path grown) throws IOException {
    Set<String> header = new LinkedHashSet<>();
    forEachRow(grown, row -> header.addAll(row.keySet()));
    Path table = grown.resolveSibling(grown.getFileName() + ".table");
    try (CSVPrinter printer = new CSVPrinter(Files.newBufferedWriter(table), format)) {
      if (!header.isEmpty()) {
        printer.printRecord(header.stream().map(layout.formulas()::cell));
      }
      forEachRow(
          grown,
          row ->
              printer.printRecord(
                  header.stream()
                      .map(name -> row.getOrDefault(name, ""))
                      .map(layout.formulas()::cell)));
    }
    return table;
  }

  private static void forEachRow(Path grown, RowTaker taker) throws IOException {
    try (BufferedReader lines = Files.newBufferedReader(grown)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        taker.take(JsonLinesForm.JSON.readValue(line, CELLS));
      }
    }
  }

  private interface RowTaker {
    void take(Map<String, String> row) throws IOException;
  }
}
