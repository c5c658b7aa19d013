// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import dev.bertctl.core.content.TextReader;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.Location;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Optional;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * The records of a CSV file (RFC 4180), each with the line it begins on. Cells are separated by
 * commas; by semicolons, tabs or bars where the header has those and no comma, as spreadsheets
 * write where commas are decimal; or by what a first line {@code sep=;} says, as Excel writes it.
 */
final class CsvRecords implements Records {

  /** Empty lines are kept, so that lines can be counted. */
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setIgnoreEmptyLines(false).get();

  private static final String SEPARATOR_LINE = "sep=";
  private static final String SEPARATORS = ",;\t|";

  private final String file;
  private final TextReader reader;
  private final CSVParser parser;
  private final Iterator<CSVRecord> records;

  CsvRecords(String file, TextReader reader) {
    this.file = file;
    this.reader = reader;
    try {
      String first = firstLine(reader);
      boolean says =
          first.startsWith(SEPARATOR_LINE) && first.length() == SEPARATOR_LINE.length() + 1;
      char separator = says ? first.charAt(SEPARATOR_LINE.length()) : separator(first);
      this.parser =
          CSVParser.builder()
              .setReader(reader)
              .setFormat(FORMAT.builder().setDelimiter(separator).get())
              .get();
      this.records = parser.iterator();
      if (says) {
        records.next();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String firstLine(TextReader reader) throws IOException {
    String head = reader.peek(text -> text.indexOf('\n') >= 0);
    int end = head.indexOf('\n');
    return (end < 0 ? head : head.substring(0, end)).replaceFirst("\r$", "");
  }

  /** The one that the header has outside of quotes; of several the most usual. */
  private static char separator(String header) {
    StringBuilder bare = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < header.length(); i++) {
      quoted ^= header.charAt(i) == '"';
      if (!quoted) {
        bare.append(header.charAt(i));
      }
    }
    return (char)
        SEPARATORS
            .chars()
            .filter(c -> bare.indexOf(Character.toString(c)) >= 0)
            .findFirst()
            .orElse(',');
  }

  @Override
  public Optional<Cells> next() {
    long line = parser.getCurrentLineNumber() + 1;
    reader.beginRecord(line);
    Location location = new Location(file, line);
    try {
      return records.hasNext()
          ? Optional.of(new Cells(location, records.next().toList()))
          : Optional.empty();
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof CSVException) {
        throw new DataException(
            location,
            "the quotes of this record do not match: a value in double quotes must end with one, and quotes within it are doubled (\"\")");
      }
      throw e;
    }
  }
}
