// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import dev.bertctl.core.content.Content;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.DataFile.Format;
import dev.bertctl.spi.data.DataFile.Line;
import dev.bertctl.spi.data.Location;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Opens data files. */
public final class DataFiles {

  /** Text for tasks that usually read text, a table for others. */
  private static final String TXT = ".txt";

  private static final String TSV = ".tsv";

  private static final Map<String, Format> ENDINGS = new LinkedHashMap<>();

  static {
    ENDINGS.put(".csv", Format.CSV);
    ENDINGS.put(TSV, Format.TSV);
    // SNLI, MultiNLI and MRPC are distributed so, with tabs and a header.
    ENDINGS.put(TXT, Format.TSV);
    ENDINGS.put(".jsonl", Format.JSONL);
    ENDINGS.put(".ndjson", Format.JSONL);
    ENDINGS.put(".json", Format.JSON);
    for (String columns : List.of(".conll", ".iob", ".iob2", ".bio", ".bio2", ".bioes")) {
      ENDINGS.put(columns, Format.CONLL);
    }
  }

  private static final Location STANDARD_INPUT = new Location("standard input", 0);

  private DataFiles() {}

  /**
   * Opens files, or pipes, that are read one after the other.
   *
   * @param files paths, and patterns of paths as {@link InputFiles} has them
   * @param format their format; told from the ending of each if empty
   * @param usual the format of those whose ending does not tell either
   * @param settings how they are read
   * @throws DataException if one is not there, its format cannot be told, or they do not belong
   *     together
   */
  public static DataFile open(
      Collection<Path> files,
      Optional<Format> format,
      Optional<Format> usual,
      FileSettings settings) {
    return new JoinedFiles(local(InputFiles.of(files), format, usual, settings.reading()), false);
  }

  /**
   * Opens a file of predictions, of which settings say nothing but what labels and quotes mean.
   *
   * @param file the file
   * @param format its format; told from its ending if empty
   * @param usual its format if its ending does not tell either
   * @param settings how it is read
   * @throws DataException if there is no such file, or its format cannot be told
   */
  public static DataFile openPredictions(
      Path file, Optional<Format> format, Optional<Format> usual, FileSettings settings) {
    return new JoinedFiles(
        List.of(local(file, format, usual, settings.readingPredictions())), false);
  }

  /**
   * Reads standard input, which can be done once.
   *
   * @param input standard input
   * @param format its format; told from its first lines if empty
   * @param usual its format if they do not tell
   * @param settings how it is read
   * @throws DataException if its format cannot be told
   */
  public static DataFile standardInput(
      InputStream input, Optional<Format> format, Optional<Format> usual, FileSettings settings) {
    InputStream whole = new BufferedInputStream(input);
    return new JoinedFiles(
        List.of(
            new TextFile(
                STANDARD_INPUT,
                format.orElseGet(() -> FirstLines.format(whole, usual, STANDARD_INPUT)),
                Content.once(whole),
                settings.reading())),
        false);
  }

  /**
   * Rows that were not read from a file.
   *
   * @param name where they come from, for messages
   * @param rows plain values by column
   * @param settings how they are read
   */
  public static DataFile ofRows(
      String name, List<Map<String, Object>> rows, FileSettings settings) {
    return new JoinedFiles(
        List.of(
            new TextFile(
                new Location(name, 0),
                Format.JSONL,
                Content.once(new ByteArrayInputStream(Json.lines(rows))),
                settings.reading())),
        false);
  }

  static List<LocalFile> local(
      List<Path> files, Optional<Format> format, Optional<Format> usual, FileReading reading) {
    return files.stream().map(file -> local(file, format, usual, reading)).toList();
  }

  private static LocalFile local(
      Path file, Optional<Format> format, Optional<Format> usual, FileReading reading) {
    Content content = Content.of(file);
    Location location = new Location(file.toString(), 0);
    if (content.isParquet(location.file())) {
      // Whatever its name: nothing else begins so.
      return new ParquetFile(location, file, reading);
    }
    return new TextFile(
        location, format.orElseGet(() -> format(file, content, usual, reading)), content, reading);
  }

  private static Format format(
      Path file, Content content, Optional<Format> usual, FileReading reading) {
    String name = unpacked(file.getFileName().toString());
    if (!ENDINGS.containsKey(ending(name))) {
      name = content.nameInZip(file.toString()).orElse(name);
    }
    String ending = ending(name);
    if (ending.equals(ParquetFile.ENDING)) {
      throw new DataException(
          new Location(file.toString(), 0),
          "is no Parquet file, though it is called one: it does not begin with PAR1. Correct its name, or fetch it again");
    }
    if (usual.equals(Optional.of(Format.CONLL))
        && (!ENDINGS.containsKey(ending) || ending.equals(TXT) || ending.equals(TSV))) {
      return ofContent(new Location(file.toString(), 0), content, reading);
    }
    if (ending.equals(TXT) && usual.equals(Optional.of(Format.TEXT))) {
      return Format.TEXT;
    }
    return Optional.ofNullable(ENDINGS.get(ending))
        .or(() -> usual)
        .orElseThrow(
            () ->
                new DataException(
                    new Location(file.toString(), 0),
                    "the name's ending does not tell the format; known endings: %s, .parquet. Rename the file, or name its format (csv, tsv, jsonl, json, text, conll)"
                        .formatted(String.join(", ", ENDINGS.keySet()))));
  }

  /** Files of words have all kinds of endings: CoNLL-2003 is {@code eng.train}, or train.txt. */
  private static Format ofContent(Location location, Content content, FileReading reading) {
    JoinedFiles file =
        new JoinedFiles(List.of(new TextFile(location, Format.TEXT, content, reading)), false);
    try (Stream<Line> lines = file.lines()) {
      return ColumnsOrText.tell(location, lines.map(Line::text).iterator());
    }
  }

  private static String ending(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.substring(Math.max(0, lower.lastIndexOf('.')));
  }

  /** The name without the ending that says that the file is packed. */
  private static String unpacked(String name) {
    return name.replaceFirst("(?i)\\.(gz|zip|zst|bz2|xz|lz4)$", "");
  }
}
