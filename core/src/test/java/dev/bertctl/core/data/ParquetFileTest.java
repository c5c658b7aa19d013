// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.core.duckdb.DuckDb;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.DataFile.Format;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.data.LabelledText;
import dev.bertctl.spi.data.Row;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetFileTest {

  @TempDir private Path folder;

  /** A file of pyarrow's, with two row groups; {@code make.py} beside it makes it. */
  @Test
  void valuesAreThoseThatJsonLinesGive() throws IOException, URISyntaxException {
    Path golden =
        Path.of(ParquetFileTest.class.getResource("/golden/parquet/pyarrow.parquet").toURI());
    Path lines =
        Files.writeString(
            folder.resolve("same.jsonl"),
            """
            {"premise": "Über uns", "hypothesis": "Größe", "label": 1, "score": 0.5, "sure": true, "tags": ["x", "y"], "answer": {"start": 3, "text": ["t"]}, "kind": "a", "day": "2020-01-01"}
            {"premise": "a, b", "hypothesis": "c", "label": 0, "score": NaN, "sure": false, "tags": [], "answer": null, "kind": "b", "day": "2020-01-02"}
            {"premise": "\\"q\\"\\n2", "hypothesis": "", "label": -1, "score": null, "sure": null, "tags": null, "answer": {"start": null, "text": []}, "kind": "a", "day": null}
            """);
    assertEquals(columns(DataCase.open(lines)), columns(DataCase.open(golden)));
    assertEquals(
        List.of(golden + ":1", golden + ":2", golden + ":3"),
        rows(DataCase.open(golden)).stream().map(row -> row.location().toString()).toList());
    assertEquals(Format.JSONL, DataCase.open(golden).format());
  }

  /** It is told by its first bytes, whatever its name. */
  @Test
  void namesMeanNothing() throws SQLException {
    for (String name :
        List.of("a'b.parquet", "a[1]*?.parquet", "lang=en.csv", "x\"; DROP TABLE y; --", "none")) {
      Path file = write(name, "select 'p' as premise, 'h' as hypothesis, 'yes' as label");
      DataFile opened =
          DataFiles.open(
              List.of(file), Optional.of(Format.TSV), Optional.empty(), FileSettings.DEFAULT);
      assertEquals(List.of("p|h"), DataCase.pairs(opened), name);
    }
  }

  /** The same file in a folder that DuckDB would make a column of. */
  @Test
  void foldersAreNoColumns() throws IOException, SQLException {
    Path inside = Files.createDirectory(folder.resolve("lang=en"));
    Path file = write("lang=en/a.parquet", "select 'p' as premise");
    assertEquals(inside, file.getParent());
    assertEquals(List.of(Map.of("premise", "p")), columns(DataCase.open(file)));
  }

  /** Also where a column is called as the row is in the query. */
  @Test
  void columnsMayHaveAnyName() throws SQLException {
    Path file = write("a.parquet", "select 1 as whole, 2 as WHOLE_, 3 as \"a \"\"b\"");
    assertEquals("[{whole=1, WHOLE_=2, a \"b=3}]", columns(DataCase.open(file)).toString());
  }

  @Test
  void largeAndSmallNumbersAreWhole() throws SQLException {
    Path file =
        write(
            "a.parquet",
            "select 9223372036854775807 as l, 18446744073709551615::ubigint as u, 1e300 as d,"
                + " 12.50::decimal(9,2) as m");
    assertEquals(
        "[{l=9223372036854775807, u=18446744073709551615, d=1.0E300, m=12.5}]",
        columns(DataCase.open(file)).toString());
  }

  /** A million rows of 100 characters, of which the first three are taken. */
  @Test
  void rowsAreReadAsTheyAreTaken() throws SQLException {
    Path file = write("a.parquet", "select i as n, repeat('x', 100) as t from range(1000000) t(i)");
    try (Stream<Row> rows = DataCase.open(file).rows()) {
      Iterator<Row> iterator = rows.iterator();
      for (long i = 0; i < 3; i++) {
        assertEquals(i, iterator.next().columns().get("n"));
      }
    }
    try (Stream<Row> rows = DataCase.open(file).rows()) {
      assertEquals(1_000_000, rows.count(), "in order to the end");
    }
  }

  @Test
  void itIsReadWithFilesOfOtherForms() throws IOException, SQLException {
    Path parquet = write("a.parquet", "select 'p' as premise, 'h' as hypothesis, 1 as label");
    Path csv = Files.writeString(folder.resolve("b.csv"), "premise,hypothesis,label\nq,h,no\n");
    DataFile both =
        DataFiles.open(
            List.of(csv, parquet), Optional.empty(), Optional.empty(), FileSettings.DEFAULT);
    assertEquals(
        List.of("q", "p"),
        DataCase.read(both, Purpose.TRAINING).stream().map(LabelledText::first).toList());
  }

  @Test
  void damagedFilesAreErrorsThatNameThem() throws IOException, SQLException {
    Path whole = write("whole.parquet", "select i as n from range(100000) t(i)");
    byte[] bytes = Files.readAllBytes(whole);
    Path cut = Files.write(folder.resolve("cut.parquet"), Arrays.copyOf(bytes, bytes.length / 2));
    assertDamaged(cut);
    byte[] garbled = bytes.clone();
    Arrays.fill(garbled, 100, garbled.length / 2, (byte) 7);
    assertDamaged(Files.write(folder.resolve("garbled.parquet"), garbled));
    assertEquals(
        folder.resolve("text.parquet")
            + ": is no Parquet file, though it is called one: it does not begin with PAR1. Correct"
            + " its name, or fetch it again",
        problem(Files.writeString(folder.resolve("text.parquet"), "a,b\n1,2\n")));
    assertEquals(
        folder.resolve("none.parquet") + ": the file has no rows",
        problem(write("none.parquet", "select 1 as n where false")));
  }

  private static void assertDamaged(Path file) {
    String problem = problem(file);
    assertTrue(problem.startsWith(file.toString()), problem);
    assertTrue(problem.contains(": cannot be read as Parquet ("), problem);
    assertTrue(problem.endsWith("); it is damaged, cut off or encrypted"), problem);
    assertFalse(problem.contains("\n"), problem);
  }

  @Test
  void itIsNotReadFromAnArchive() throws IOException, SQLException {
    Path file = write("a.parquet", "select 1 as n");
    Path packed = folder.resolve("a.jsonl.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      Files.copy(file, out);
    }
    assertEquals(
        packed
            + ": is a Parquet table in a pipe or an archive, which is not read. Name the Parquet"
            + " file itself",
        problem(packed));
  }

  /** Its library lies with the others that bertctl unpacks, and not in a temporary folder. */
  @Test
  void theLibraryIsKeptInTheNativeCache() throws SQLException {
    Path library = DuckDb.unpacked();
    assertTrue(library.toString().contains("native"), library::toString);
    assertTrue(Files.isReadable(library));
    write("a.parquet", "select 1 as n");
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      assertEquals(
          List.of(),
          files.filter(f -> f.getFileName().toString().startsWith("libduckdb")).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String problem(Path file) {
    return assertThrows(DataException.class, () -> rows(DataCase.open(file))).getMessage();
  }

  private static List<Row> rows(DataFile file) {
    try (Stream<Row> rows = file.rows()) {
      return rows.toList();
    }
  }

  private static List<Map<String, Object>> columns(DataFile file) {
    return rows(file).stream().map(Row::columns).toList();
  }

  private Path write(String name, String query) throws SQLException {
    Path file = folder.resolve(name);
    try (Connection database = DuckDb.open();
        Statement statement = database.createStatement()) {
      statement.execute(
          "COPY (%s) TO '%s' (FORMAT parquet)"
              .formatted(query, file.toString().replace("'", "''")));
    }
    return file;
  }
}
