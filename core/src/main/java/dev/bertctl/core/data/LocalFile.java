// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.Location;
import dev.bertctl.spi.data.Row;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A file, or standard input, read by its format. */
final class LocalFile implements DataFile {

  /** Longest row or line in characters: far above any real text, far below any heap. */
  static final int MAX_RECORD = 1 << 24;

  /** Longest JSON document in characters; all of it is held in memory. */
  private static final int MAX_DOCUMENT = 1 << 28;

  private final Location location;
  private final Format format;
  private final boolean canBeReread;
  private final Supplier<InputStream> content;
  private final ColumnNames names;

  /**
   * @param location the file as the user named it
   * @param format how it is written
   * @param canBeReread whether it can be opened more than once
   * @param content opens it
   * @param names finds a task's columns
   */
  LocalFile(
      Location location,
      Format format,
      boolean canBeReread,
      Supplier<InputStream> content,
      ColumnNames names) {
    this.location = location;
    this.format = format;
    this.canBeReread = canBeReread;
    this.content = content;
    this.names = names;
  }

  @Override
  public Location location() {
    return location;
  }

  @Override
  public Format format() {
    return format;
  }

  @Override
  public boolean canBeReread() {
    return canBeReread;
  }

  @Override
  public Stream<Row> rows() {
    return switch (format) {
      case CSV -> stream(this::csv);
      case TSV -> stream(this::tsv);
      case JSONL -> stream(reader -> new JsonRows(location, lines(reader), names));
      case JSON, TEXT ->
          throw new DataException(
              location,
              "rows are needed, but the format is %s; give a csv, tsv or jsonl file"
                  .formatted(format));
    };
  }

  @Override
  public Stream<Line> lines() {
    return stream(
        reader -> {
          Lines lines = lines(reader);
          if (!lines.hasNext()) {
            throw new DataException(location, "the file is empty");
          }
          return lines;
        });
  }

  @Override
  public Object json() {
    try (Utf8Reader reader = new Utf8Reader(location.file(), content.get(), MAX_DOCUMENT)) {
      return Json.read(reader, new Location(location.file(), 1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Iterator<Row> csv(Utf8Reader reader) {
    return new TableRows(location, new CsvRecords(location.file(), reader), false, names);
  }

  private Iterator<Row> tsv(Utf8Reader reader) {
    Lines lines = lines(reader);
    Records records = () -> lines.hasNext() ? Optional.of(split(lines.next())) : Optional.empty();
    return new TableRows(location, records, true, names);
  }

  private static Cells split(Line line) {
    return new Cells(line.location(), Arrays.asList(line.text().split("\t", -1)));
  }

  private Lines lines(Utf8Reader reader) {
    return new Lines(location.file(), reader);
  }

  private <T> Stream<T> stream(Function<Utf8Reader, Iterator<T>> reading) {
    Utf8Reader reader = new Utf8Reader(location.file(), content.get(), MAX_RECORD);
    try {
      Spliterator<T> items =
          Spliterators.spliteratorUnknownSize(
              reading.apply(reader), Spliterator.ORDERED | Spliterator.NONNULL);
      return StreamSupport.stream(items, false).onClose(() -> close(reader));
    } catch (RuntimeException e) {
      close(reader);
      throw e;
    }
  }

  private static void close(Utf8Reader reader) {
    try {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
