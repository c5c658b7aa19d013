// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.duckdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParquetConversionTest {

  @TempDir private Path folder;

  /** Of a column {@code a}, a value a row. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "null | VARCHAR",
        "\"007\" | VARCHAR",
        "\"2020-01-31\" \"10:30:00\" | VARCHAR",
        "\"true\" null \"NaN\" | VARCHAR",
        "true null false | BOOLEAN",
        "1 null -3 | BIGINT",
        "9223372036854775807 -9223372036854775808 | BIGINT",
        "9223372036854775808 1 | DECIMAL(38,0)",
        "-99999999999999999999999999999999999999 | DECIMAL(38,0)",
        "100000000000000000000000000000000000000 1 | VARCHAR",
        "1 2.5 NaN -Infinity 1e300 | DOUBLE",
        "9007199254740992 0.5 | DOUBLE",
        "9007199254740993 0.5 | VARCHAR",
        "1e400 0.5 | VARCHAR",
        "1 \"x\" | VARCHAR",
        "true 1 | VARCHAR",
        "[] | VARCHAR[]",
        "[1] [] null [2.5,null] | DOUBLE[]",
        "[[1]] [[],[2]] | BIGINT[][]",
        "[1] 1 | VARCHAR",
        "[1,\"x\"] | VARCHAR[]",
        "{} | MAP(VARCHAR, VARCHAR)",
      })
  void aColumnHasTheTypeOfAllItsValues(String values, String type) throws Exception {
    assertEquals(Map.of("a", type), ParquetTypes.of(write(rows(values.split(" ")))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // Alike: a struct.
        "{\"no\":0.5,\"yes\":1} null {\"no\":2,\"yes\":0.5} | STRUCT(\"no\" DOUBLE, \"yes\" DOUBLE)",
        "{\"t\":[\"x\"],\"n\":{\"m\":1}} | STRUCT(t VARCHAR[], n STRUCT(m BIGINT))",
        "[{\"t\":\"x\"},{\"t\":\"y\"}] | STRUCT(t VARCHAR)[]",
        // Of one type with other keys, or in another order: a map.
        "{\"a\":1} {\"a\":2,\"b\":0.5} | MAP(VARCHAR, DOUBLE)",
        "{\"a\":2,\"b\":1} {\"b\":2,\"a\":1} | MAP(VARCHAR, BIGINT)",
        "{\"a\":1} {} | MAP(VARCHAR, BIGINT)",
        "{\"a\":1,\"A\":2} | MAP(VARCHAR, BIGINT)",
        "{\"\":1} | MAP(VARCHAR, BIGINT)",
        "{\"a\":{\"x\":1}} {\"b\":{\"x\":2}} | MAP(VARCHAR, STRUCT(x BIGINT))",
        "{\"a\":{}} {\"b\":{}} | MAP(VARCHAR, MAP(VARCHAR, VARCHAR))",
        // Of several types with other keys: a struct that lacks some.
        "{\"a\":1} {\"a\":2,\"b\":\"x\"} | STRUCT(a BIGINT, b VARCHAR)",
        "{\"a\":[1]} {\"b\":[\"x\"]} | STRUCT(a BIGINT[], b VARCHAR[])",
        // Neither: text.
        "{\"a\":1,\"A\":\"x\"} | VARCHAR",
        "{\"a\":1} 1 | VARCHAR",
      })
  void objectsAreStructsOrMaps(String values, String type) throws Exception {
    assertEquals(Map.of("a", type), ParquetTypes.of(write(rows(values.split(" ")))));
  }

  /** The last row decides, where a sample would have missed it. */
  @Test
  void everyRowCounts() throws Exception {
    Path lines = folder.resolve("many.jsonl");
    try (BufferedWriter out = Files.newBufferedWriter(lines)) {
      for (int i = 0; i < 50_000; i++) {
        out.write("{\"id\":%d,\"n\":1,\"m\":{\"k%d\":%d}}\n".formatted(i, i, i));
      }
      out.write("{\"id\":50000,\"n\":\"x\",\"late\":[true]}\n");
    }
    Path parquet = converted(lines);
    assertEquals(
        Map.of("id", "BIGINT", "n", "VARCHAR", "m", "MAP(VARCHAR, BIGINT)", "late", "BOOLEAN[]"),
        ParquetTypes.of(parquet));
    List<String> rows = read(parquet);
    assertEquals(50_001, rows.size());
    for (int i = 0; i < 50_000; i++) {
      assertEquals(
          "{\"id\":%d,\"n\":\"1\",\"m\":{\"k%d\":%d},\"late\":null}".formatted(i, i, i),
          rows.get(i));
    }
    assertEquals("{\"id\":50000,\"n\":\"x\",\"m\":null,\"late\":[true]}", rows.get(50_000));
  }

  @Test
  void valuesStayWhatTheyAre() throws Exception {
    String row =
        "{\"id\":\"007\",\"day\":\"2020-01-31\",\"large\":-123456789012345678901234567890,\"x\":NaN,"
            + "\"text\":\"a\\u0000\\n\\\"ü😀\",\"list\":[0.1,1e300],\"map\":{\"b\":1,\"B\":2},"
            + "\"struct\":{\"k 'x' \\\"y\\\"\":null,\"n\":[]},\"no\":null}";
    assertEquals(List.of(row), read(write(row)));
  }

  /** None of them is part of a query, and those that are like each other are kept apart. */
  @Test
  void namesMayHaveAnyCharacters() throws Exception {
    String row =
        "{\"a'b\":1,\"x\\\"; DROP TABLE y; --\":2,\"ü\":3,\"n\\nl\":4,\"*\":5,\"a.b\":6,\"filename\":7,"
            + "\"'\":8,\"''\":9,\"\\\"\":10,\" \":11,\"select\":12,\"%s\":13,\"ß\":{\"'}\":1,\"\\\")\":2}}";
    assertEquals(List.of(row), read(write(row)));
  }

  @Test
  void fileNamesMayHaveAnyCharacters() throws Exception {
    Files.createDirectory(folder.resolve("lang=en"));
    for (String name :
        List.of("a'b", "lang=en/a", "a[1]*?", "x\"; DROP TABLE y; --", "$1 ?", "a.gz", "ü {}")) {
      Path lines = Files.writeString(folder.resolve(name), "{\"a\":\"" + "x".repeat(9) + "\"}\n");
      assertEquals(List.of("{\"a\":\"xxxxxxxxx\"}"), read(converted(lines)), name);
    }
  }

  /** More JSON than DuckDB takes for a row unless told, and vectors that make groups small. */
  @Test
  void rowsMayBeLongAndWide() throws Exception {
    String longRow = "{\"a\":\"%s\"}".formatted("é".repeat(9 << 20));
    assertEquals(List.of(longRow), read(write(longRow)));
    String wide =
        IntStream.range(0, 3_000).mapToObj(Integer::toString).collect(Collectors.joining(","));
    String[] rows =
        IntStream.range(0, 5_000)
            .mapToObj(i -> "{\"i\":%d,\"v\":[%s]}".formatted(i, wide))
            .toArray(String[]::new);
    Path parquet = write(rows);
    assertEquals(List.of(rows), read(parquet));
    assertEquals(
        List.of("true"),
        query("SELECT count(DISTINCT row_group_id) > 1 FROM parquet_metadata(?)", parquet));
  }

  /** Each level of a list of lists of lists, up to the deepest that JSON may have. */
  @Test
  void whatLiesTooDeepIsText() throws Exception {
    String deep = "[".repeat(900) + "1" + "]".repeat(900);
    List<String> read = read(write("{\"a\":%s}".formatted(deep)));
    assertEquals(
        "{\"a\":%s\"%s\"%s}"
            .formatted("[".repeat(17), deep.substring(17, deep.length() - 17), "]".repeat(17)),
        read.get(0));
  }

  @Test
  void aFailureLeavesNothing() throws IOException {
    Path lines = Files.writeString(folder.resolve("rows"), "{\"a\":1}\n");
    ParquetConversion conversion = ParquetConversion.of(lines, Set.of());
    Files.writeString(lines, "{\"a\":\"x\"}\n");
    Path parquet = Files.writeString(folder.resolve("out"), "of before");
    IOException failure = assertThrows(IOException.class, () -> conversion.write(parquet));
    assertFalse(failure.getMessage().contains("\n"), failure::getMessage);
    assertFalse(Files.exists(parquet));
    Path nowhere = folder.resolve("none/out");
    assertEquals(
        "Cannot open file \"%s\": No such file or directory".formatted(nowhere),
        assertThrows(IOException.class, () -> ParquetConversion.of(lines, Set.of()).write(nowhere))
            .getMessage());
  }

  private static String[] rows(String... values) {
    return Stream.of(values).map("{\"a\":%s}"::formatted).toArray(String[]::new);
  }

  private Path write(String... rows) throws IOException {
    return converted(Files.write(folder.resolve("rows"), List.of(rows)));
  }

  private static Path converted(Path lines) throws IOException {
    Path parquet = lines.resolveSibling(lines.getFileName() + ".table");
    ParquetConversion.of(lines, Set.of()).write(parquet);
    return parquet;
  }

  private static List<String> read(Path parquet) throws SQLException {
    return query(
        "SELECT CAST(to_json(whole) AS VARCHAR) FROM read_parquet(?, hive_partitioning = false) whole",
        parquet);
  }

  private static List<String> query(String sql, Path parquet) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Connection database = DuckDb.open();
        PreparedStatement query = database.prepareStatement(sql)) {
      query.setString(1, DuckDb.pattern(parquet));
      try (ResultSet result = query.executeQuery()) {
        while (result.next()) {
          values.add(result.getString(1));
        }
      }
    }
    return values;
  }
}
