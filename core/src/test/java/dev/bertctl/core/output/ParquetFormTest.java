// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.output;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.core.data.DataFiles;
import dev.bertctl.core.data.FileSettings;
import dev.bertctl.core.duckdb.ParquetTypes;
import dev.bertctl.core.output.PredictionTarget.Start;
import dev.bertctl.runtime.UserException;
import dev.bertctl.spi.data.Row;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetFormTest {

  private static final Rows NOTHING = new Rows(Map.of());

  @TempDir Path folder;

  @Test
  void rowsAreReadAsTheyWereWritten() {
    Map<String, Object> one =
        Rows.row(
            "id",
            "007",
            "day",
            "2020-01-31",
            "n",
            new BigInteger("123456789012345678901234567890"),
            "sure",
            true,
            "score",
            Double.NaN,
            "predicted",
            "it's",
            "probabilities",
            Rows.row("it's", 0.75, "IT'S", 0.25),
            "answer",
            Rows.row("text", List.of("ü"), "start", 3L));
    Map<String, Object> other =
        Rows.row(
            "id",
            "8",
            "day",
            null,
            "n",
            -1L,
            "sure",
            false,
            "score",
            0.5,
            "predicted",
            "",
            "probabilities",
            Rows.row("it's", 0.5, "IT'S", 0.5),
            "answer",
            null);
    Path file = written("out.parquet", one, other);
    assertEquals(List.of(one.toString(), other.toString()).toString(), read(file).toString());
  }

  @Test
  void whatARowLacksIsNull() {
    assertEquals(
        "[{text=a, label=yes, note=null}, {text=b, label=null, note=late}]",
        read(written(
                "out.PARQUET",
                Rows.row("text", "a", "label", "yes"),
                Rows.row("note", "late", "text", "b")))
            .toString());
  }

  @Test
  void manyRowsComeOutInTheirOrder() {
    Map<?, ?>[] rows =
        IntStream.range(0, 5_000)
            .mapToObj(i -> Rows.row("id", (long) i, "text", "line " + i + "\nof two 😀"))
            .toArray(Map<?, ?>[]::new);
    assertEquals(Arrays.asList(rows), read(written("out.parquet", rows)));
  }

  @Test
  void fileNamesMayHaveAnyCharacters() {
    for (String name : List.of("a'b.parquet", "x\"; DROP TABLE y; --.parquet", "a[1]*?.parquet")) {
      assertEquals(List.of(Map.of("a", 1L)), read(written(name, Rows.row("a", 1))), name);
    }
  }

  /** Rows behind the mark are lost, and an earlier file stays until all are there. */
  @Test
  void aPredictionThatWasCutOffGoesOn() throws IOException {
    Path file = written("out.parquet", Rows.row("a", "of before"));
    try (SavedPredictions<Rows, Rows> first = Rows.open(file, Start.NEW, Rows.task())) {
      first.accept(new Rows(Rows.row("a", 1)), NOTHING);
      first.mark(PredictionState.START);
      first.accept(new Rows(Rows.row("a", 9)), NOTHING);
    }
    assertEquals(List.of(Map.of("a", "of before")), read(file));
    try (SavedPredictions<Rows, Rows> rest = Rows.open(file, Start.RESUME, Rows.task())) {
      rest.accept(new Rows(Rows.row("a", 2)), NOTHING);
      rest.complete();
    }
    assertEquals(List.of(Map.of("a", 1L), Map.of("a", 2L)), read(file));
    assertArrayEquals(new String[] {"out.parquet"}, folder.toFile().list());
  }

  /** Of other labels in each row; so it is a map where by chance they are the same. */
  @Test
  void theLikeliestProbabilitiesAreAMapInTheirOrder() throws Exception {
    RowLayout layout =
        new RowLayout(
            List.of(OutputColumn.parse("id"), OutputColumn.parse("p=probabilities")),
            Probabilities.parse("top:2"));
    ParquetForm<Rows, Rows> form = new ParquetForm<>(folder.resolve("out.parquet"), layout);
    Map<String, Object> probabilities = Rows.row("a", 0.2, "b", 0.5, "c", 0.3);
    Rows row = new Rows(Rows.row("id", "1", "probabilities", probabilities));
    Path rows = Files.write(folder.resolve("rows"), form.part(row, NOTHING, 0));
    Path made = form.complete(rows);
    assertEquals("[{id=1, p={b=0.5, c=0.3}}]", read(made).toString());
    assertEquals(Map.of("id", "VARCHAR", "p", "MAP(VARCHAR, DOUBLE)"), ParquetTypes.of(made));
  }

  /** A kill may come while the file is being made, and the making begins anew. */
  @Test
  void itCanBeMadeAgain() throws IOException {
    ParquetForm<Rows, Rows> form = new ParquetForm<>(folder.resolve("out.parquet"), RowLayout.ALL);
    Path rows = folder.resolve("rows");
    Files.write(rows, form.part(new Rows(Rows.row("a", 1)), NOTHING, 0));
    Files.writeString(folder.resolve("rows.table"), "half a ta");
    byte[] made = Files.readAllBytes(form.complete(rows));
    assertArrayEquals(made, Files.readAllBytes(form.complete(rows)));
    assertEquals(List.of(Map.of("a", 1L)), read(folder.resolve("rows.table")));
  }

  @Test
  void namesThatParquetCannotHaveAreRefusedAtOnce() throws IOException {
    assertRefused("the columns 'id' and 'ID' differ only in capitals", Rows.row("id", 1, "ID", 2));
    assertRefused("a column has no name", Rows.row("", 1, "text", "a"));
    assertRefused("the name of a column has the character \\u0000", Rows.row("a\0", 1));
  }

  private void assertRefused(String problem, Map<String, Object> row) throws IOException {
    Path file = folder.resolve("out.parquet");
    assertEquals(
        "%s: %s, which Parquet files cannot have; choose and rename columns with --columns, or name the output .jsonl or .csv"
            .formatted(file, problem),
        assertThrows(UserException.class, () -> written("out.parquet", row)).getMessage());
    // Also where one of them is only in a row from before the prediction was gone on with.
    ParquetForm<Rows, Rows> form = new ParquetForm<>(file, RowLayout.ALL);
    Path rows = Files.write(folder.resolve("rows"), JsonLinesForm.line(row));
    assertThrows(UserException.class, () -> form.complete(rows));
  }

  @Test
  void withoutRowsThereIsNoFile() {
    assertEquals(
        "%s: there are no predictions, and so no columns, without which there is no Parquet file; name the output .jsonl or .csv"
            .formatted(folder.resolve("out.parquet")),
        assertThrows(UserException.class, () -> written("out.parquet")).getMessage());
    assertFalse(Files.exists(folder.resolve("out.parquet")));
  }

  private Path written(String name, Map<?, ?>... rows) {
    Path file = folder.resolve(name);
    Rows.write(file, Arrays.asList(rows));
    return file;
  }

  private static List<Map<String, Object>> read(Path file) {
    try (Stream<Row> rows =
        DataFiles.open(List.of(file), Optional.empty(), Optional.empty(), FileSettings.DEFAULT)
            .rows()) {
      return rows.map(Row::columns).toList();
    }
  }
}
