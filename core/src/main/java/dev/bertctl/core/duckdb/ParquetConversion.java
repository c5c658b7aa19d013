// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.duckdb;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes a Parquet file of JSON lines, row by row in their order. The types of its columns are those
 * of all rows: they are read twice, and only some of them are in memory at a time.
 */
public final class ParquetConversion {

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  /** Of rows that are in memory until they are written together, as JSON: 32 MiB. */
  private static final long GROUP_BYTES = 32L << 20;

  /** DuckDB handles so many at a time. */
  private static final long FEWEST_ROWS_OF_GROUP = 2_048;

  private static final long MOST_ROWS_OF_GROUP = 122_880;

  /** DuckDB's limit for the JSON of a row unless another is set: 16 MiB. */
  private static final long USUAL_LONGEST = 16L << 20;

  private final Path lines;
  private final Map<String, JsonType> columns = new LinkedHashMap<>();
  private long rows;
  private long longest;

  private ParquetConversion(Path lines) {
    this.lines = lines;
  }

  /**
   * Reads what columns there are.
   *
   * @param maps columns of objects that are maps, even if in this file all have the same keys
   */
  public static ParquetConversion of(Path lines, Set<String> maps) throws IOException {
    ParquetConversion conversion = new ParquetConversion(lines);
    conversion.readColumns();
    conversion.columns.forEach(
        (name, type) -> {
          if (maps.contains(name)) {
            type.keysAreData();
          }
        });
    return conversion;
  }

  private void readColumns() throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(lines));
        JsonParser parser = JSON.createParser(in)) {
      long start = 0;
      while (parser.nextToken() != null) {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          columns.computeIfAbsent(name, key -> new JsonType()).add(parser);
        }
        long end = parser.currentLocation().getByteOffset();
        longest = Math.max(longest, end - start);
        start = end;
        rows++;
      }
    }
  }

  /** Their names, in the order in which rows brought them. */
  public Set<String> columns() {
    return Collections.unmodifiableSet(columns.keySet());
  }

  /**
   * Writes the file; one that is there is replaced.
   *
   * @throws IOException with the reason, if the file system refuses
   */
  public void write(Path parquet) throws IOException {
    String copy =
        """
        COPY (SELECT * FROM read_json(?, format = 'newline_delimited', records = true,
          compression = 'uncompressed', hive_partitioning = false, maximum_object_size = %d,
          columns = {%s}))
        TO %s (FORMAT parquet, ROW_GROUP_SIZE %d, USE_TMP_FILE false)
        """
            .formatted(
                Math.max(longest, USUAL_LONGEST),
                types(),
                Sql.literal(parquet.toAbsolutePath().toString()),
                rowsOfGroup());
    try (Connection database = DuckDb.open();
        PreparedStatement statement = database.prepareStatement(copy)) {
      statement.setString(1, DuckDb.pattern(lines));
      statement.execute();
    } catch (SQLException e) {
      Files.deleteIfExists(parquet);
      throw new IOException(DuckDb.reason(e), e);
    }
  }

  private String types() {
    return columns.entrySet().stream()
        .map(
            column ->
                "%s: %s"
                    .formatted(
                        Sql.literal(column.getKey()), Sql.literal(column.getValue().type(0))))
        .collect(Collectors.joining(", "));
  }

  /** Wide rows, such as those with vectors, are written in groups of fewer. */
  private long rowsOfGroup() throws IOException {
    long fitting = GROUP_BYTES * rows / Math.max(1, Files.size(lines));
    return Math.min(MOST_ROWS_OF_GROUP, Math.max(FEWEST_ROWS_OF_GROUP, fitting));
  }
}
