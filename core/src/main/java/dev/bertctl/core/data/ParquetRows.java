// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import dev.bertctl.core.duckdb.DuckDb;
import dev.bertctl.runtime.rows.DataRow;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.Location;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * The rows of a Parquet file, numbered from 1, a few of which are in memory at a time. DuckDB gives
 * each as a JSON object, which is read as a line of JSON is, and so means the same.
 */
final class ParquetRows implements RowSource, AutoCloseable {

  /** Folders named {@code lang=en} are no columns. */
  private static final String TABLE = "read_parquet(?, hive_partitioning = false)";

  private final Location file;
  private final FileReading reading;
  private final Connection database;
  private final PreparedStatement query;
  private final ResultSet result;
  private boolean isAhead;
  private boolean hasNext;
  private long number;
  private Object raw = "";

  private ParquetRows(Location file, Path path, FileReading reading, Connection database)
      throws SQLException {
    this.file = file;
    this.reading = reading;
    this.database = database;
    String row = unlike(columns(database, path));
    this.query =
        database.prepareStatement(
            "SELECT CAST(to_json(%1$s) AS VARCHAR) FROM %2$s %1$s".formatted(row, TABLE));
    query.setString(1, DuckDb.pattern(path));
    this.result = query.executeQuery();
  }

  /**
   * Opens a file.
   *
   * @param file the file as the user named it
   * @param path where it is
   * @param reading what settings say about columns and labels
   * @throws DataException if it is damaged, or has no rows
   */
  static ParquetRows open(Location file, Path path, FileReading reading) {
    Connection database = DuckDb.open();
    try {
      ParquetRows rows = new ParquetRows(file, path, reading, database);
      if (!rows.hasNext()) {
        throw new DataException(file, "the file has no rows");
      }
      return rows;
    } catch (SQLException e) {
      DuckDb.close(database);
      throw damaged(file, e);
    } catch (RuntimeException e) {
      DuckDb.close(database);
      throw e;
    }
  }

  private static Set<String> columns(Connection database, Path path) throws SQLException {
    try (PreparedStatement query =
        database.prepareStatement("SELECT * FROM " + TABLE + " LIMIT 0")) {
      query.setString(1, DuckDb.pattern(path));
      try (ResultSet none = query.executeQuery()) {
        ResultSetMetaData columns = none.getMetaData();
        Set<String> names = new HashSet<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
          names.add(columns.getColumnLabel(i).toLowerCase(Locale.ROOT));
        }
        return names;
      }
    }
  }

  /** A name for a row as a whole, which would mean a column if that had it. */
  private static String unlike(Set<String> columns) {
    String name = "whole";
    while (columns.contains(name)) {
      name += "_";
    }
    return name;
  }

  @Override
  public boolean hasNext() {
    if (!isAhead) {
      try {
        hasNext = result.next();
      } catch (SQLException e) {
        throw damaged(file, e);
      }
      isAhead = true;
    }
    return hasNext;
  }

  @Override
  public DataRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    isAhead = false;
    number++;
    Location location = new Location(file.file(), number);
    String text;
    try {
      text = result.getString(1);
    } catch (SQLException e) {
      throw damaged(location, e);
    }
    raw = text;
    return DataRow.json(location, Json.object(text, location).orElseThrow(), reading.terms());
  }

  @Override
  public Object raw() {
    return raw;
  }

  private static DataException damaged(Location location, SQLException e) {
    return new DataException(
        location,
        "cannot be read as Parquet (%s); it is damaged, cut off or encrypted"
            .formatted(DuckDb.reason(e)));
  }

  @Override
  public void close() {
    try {
      result.close();
      query.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    } finally {
      DuckDb.close(database);
    }
  }
}
