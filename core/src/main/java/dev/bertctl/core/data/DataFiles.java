// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.DataFile.Format;
import dev.bertctl.spi.data.Location;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Opens data files. */
public final class DataFiles {

  /** Text for tasks that usually read text, a table for others. */
  private static final String TXT = ".txt";

  private static final Map<String, Format> ENDINGS = new LinkedHashMap<>();

  static {
    ENDINGS.put(".csv", Format.CSV);
    ENDINGS.put(".tsv", Format.TSV);
    // SNLI, MultiNLI and MRPC are distributed so, with tabs and a header.
    ENDINGS.put(TXT, Format.TSV);
    ENDINGS.put(".jsonl", Format.JSONL);
    ENDINGS.put(".ndjson", Format.JSONL);
    ENDINGS.put(".json", Format.JSON);
    ENDINGS.put(".conll", Format.TEXT);
    ENDINGS.put(".iob", Format.TEXT);
    ENDINGS.put(".bio", Format.TEXT);
  }

  private DataFiles() {}

  /**
   * Opens a file.
   *
   * @param file the file
   * @param format its format; told from its ending if empty
   * @param usual its format if its ending does not tell either
   * @param columns the file's names of the task's columns, by the task's names
   * @throws DataException if there is no such file, or its format cannot be told
   */
  public static DataFile open(
      Path file, Optional<Format> format, Optional<Format> usual, Map<String, String> columns) {
    return local(file, format, usual, new ColumnNames(columns));
  }

  /**
   * Opens a file of predictions. Its columns are called as the task calls them: names that the gold
   * data's columns have would find the gold labels that predictions often stand beside.
   *
   * @param file the file
   * @param format its format; told from its ending if empty
   * @param usual its format if its ending does not tell either
   * @throws DataException if there is no such file, or its format cannot be told
   */
  public static DataFile openPredictions(
      Path file, Optional<Format> format, Optional<Format> usual) {
    return local(file, format, usual, ColumnNames.fixed());
  }

  /**
   * Reads standard input, which can be done once.
   *
   * @param input standard input
   * @param format its format
   * @param columns the input's names of the task's columns, by the task's names
   */
  public static DataFile standardInput(
      InputStream input, Format format, Map<String, String> columns) {
    AtomicBoolean taken = new AtomicBoolean();
    return new LocalFile(
        new Location("standard input", 0),
        format,
        false,
        () -> {
          if (taken.getAndSet(true)) {
            throw new IllegalStateException("standard input is read a second time");
          }
          return input;
        },
        new ColumnNames(columns));
  }

  static LocalFile local(
      Path file, Optional<Format> format, Optional<Format> usual, ColumnNames names) {
    Location location = new Location(file.toString(), 0);
    if (!Files.exists(file)) {
      throw new DataException(location, "no such file");
    }
    if (Files.isDirectory(file)) {
      throw new DataException(location, "is a folder; name a file");
    }
    return new LocalFile(
        location,
        format.orElseGet(() -> format(file, usual, location)),
        true,
        () -> content(file),
        names);
  }

  private static Format format(Path file, Optional<Format> usual, Location location) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    String ending = name.substring(Math.max(0, name.lastIndexOf('.')));
    if (ending.equals(TXT) && usual.equals(Optional.of(Format.TEXT))) {
      return Format.TEXT;
    }
    return Optional.ofNullable(ENDINGS.get(ending))
        .or(() -> usual)
        .orElseThrow(
            () ->
                new DataException(
                    location,
                    "the name's ending does not tell the format; known endings: %s. Rename the file, or name its format (csv, tsv, jsonl, json, text)"
                        .formatted(String.join(", ", ENDINGS.keySet()))));
  }

  private static InputStream content(Path file) {
    try {
      return Files.newInputStream(file);
    } catch (IOException e) {
      throw new DataException(
          new Location(file.toString(), 0),
          "cannot be opened (%s); check its permissions".formatted(e.getClass().getSimpleName()));
    }
  }
}
