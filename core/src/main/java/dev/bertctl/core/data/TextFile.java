// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import dev.bertctl.core.content.Content;
import dev.bertctl.core.content.Quotes;
import dev.bertctl.core.content.TextReader;
import dev.bertctl.runtime.rows.Judged;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile.Format;
import dev.bertctl.spi.data.Location;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Function;

/** A file of characters, or standard input, read by its format. */
final class TextFile implements LocalFile {

  /** Longest row or line in characters: far above any real text, far below any heap. */
  static final int MAX_RECORD = 1 << 24;

  /** Longest JSON document in characters; all of it is held in memory. */
  private static final int MAX_DOCUMENT = 1 << 28;

  private final Location location;
  private final Format format;
  private final Content content;
  private final FileReading reading;
  private Optional<Format> found = Optional.empty();
  private Optional<Quotes> quotes = Optional.empty();

  /**
   * @param location the file as the user named it
   * @param format how it is written
   * @param content its bytes
   * @param reading what settings say about how it is read
   */
  TextFile(Location location, Format format, Content content, FileReading reading) {
    this.location = location;
    this.format = format;
    this.content = content;
    this.reading = reading;
  }

  @Override
  public Location location() {
    return location;
  }

  /** Of JSON the file's beginning tells whether it is a document or rows. */
  @Override
  public Format format() {
    if (format != Format.JSON || !content.canBeReread()) {
      return format;
    }
    if (found.isEmpty()) {
      found = Optional.of(isRows() ? Format.JSONL : Format.JSON);
    }
    return found.get();
  }

  private boolean isRows() {
    try (TextReader reader = reader(MAX_DOCUMENT)) {
      return JsonForm.isRows(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean canBeReread() {
    return content.canBeReread();
  }

  @Override
  public OpenRows openRows() {
    Function<TextReader, RowSource> rows =
        switch (format) {
          case CSV -> this::csv;
          case TSV -> this::tsv;
          case JSONL -> this::jsonLines;
          case JSON -> reader -> new JsonArrayRows(location, reader, reading);
          case TEXT, CONLL ->
              throw new DataException(
                  location,
                  "rows are needed, but the format is %s; give a csv, tsv, jsonl, json or Parquet file"
                      .formatted(format));
        };
    TextReader reader = reader(MAX_RECORD);
    try {
      return new OpenRows(rows.apply(reader), () -> close(reader));
    } catch (RuntimeException e) {
      close(reader);
      throw e;
    }
  }

  @Override
  public OpenLines openLines() {
    TextReader reader = reader(MAX_RECORD);
    try {
      Lines lines = lines(reader);
      if (!lines.hasNext()) {
        throw new DataException(location, "the file is empty");
      }
      return new OpenLines(lines, () -> close(reader));
    } catch (RuntimeException e) {
      close(reader);
      throw e;
    }
  }

  @Override
  public Object json() {
    try (TextReader reader = reader(MAX_DOCUMENT)) {
      return Judged.value(
          Json.read(reader, new Location(location.file(), 1)),
          "",
          new Location(location.file(), 1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private RowSource jsonLines(TextReader reader) {
    try {
      return JsonForm.isArray(reader)
          ? new JsonArrayRows(location, reader, reading)
          : new JsonRows(location, lines(reader), reading);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private RowSource csv(TextReader reader) {
    return new TableRows(location, new CsvRecords(location.file(), reader), false, reading);
  }

  private RowSource tsv(TextReader reader) {
    Records records =
        new TsvRecords(lines(reader), quotes(), reading.quotes() == Quotes.AUTO, MAX_RECORD);
    return new TableRows(location, records, true, reading);
  }

  /** A file tells by any of its rows; what is read once tells from the row on that does. */
  private Quotes quotes() {
    if (reading.quotes() != Quotes.AUTO || !content.canBeReread()) {
      return reading.quotes();
    }
    if (quotes.isEmpty()) {
      try (TextReader reader = reader(MAX_RECORD)) {
        quotes = Optional.of(new TsvRecords(lines(reader), Quotes.AUTO, true, MAX_RECORD).tell());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return quotes.get();
  }

  private Lines lines(TextReader reader) {
    return new Lines(location.file(), reader);
  }

  private TextReader reader(int maxRecord) {
    return new TextReader(location.file(), content, reading.encoding(), maxRecord);
  }

  private static void close(TextReader reader) {
    try {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
