// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.duckdb;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The columns of a Parquet file with their types, as DuckDB names them. */
public final class ParquetTypes {

  private ParquetTypes() {}

  public static Map<String, String> of(Path parquet) throws SQLException {
    Map<String, String> types = new LinkedHashMap<>();
    try (Connection database = DuckDb.open();
        PreparedStatement query =
            database.prepareStatement("DESCRIBE SELECT * FROM read_parquet(?)")) {
      query.setString(1, DuckDb.pattern(parquet));
      try (ResultSet result = query.executeQuery()) {
        while (result.next()) {
          types.put(result.getString(1), result.getString(2));
        }
      }
    }
    return types;
  }
}
