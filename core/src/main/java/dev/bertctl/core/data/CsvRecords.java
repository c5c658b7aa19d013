// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

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

/** The records of a CSV file (RFC 4180), each with the line it begins on. */
final class CsvRecords implements Records {

  /** Empty lines are kept, so that lines can be counted. */
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setIgnoreEmptyLines(false).get();

  private final String file;
  private final Utf8Reader reader;
  private final CSVParser parser;
  private final Iterator<CSVRecord> records;

  CsvRecords(String file, Utf8Reader reader) {
    this.file = file;
    this.reader = reader;
    try {
      this.parser = CSVParser.builder().setReader(reader).setFormat(FORMAT).get();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.records = parser.iterator();
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
