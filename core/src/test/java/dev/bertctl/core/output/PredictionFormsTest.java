// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.core.output.PredictionTarget.Start;
import dev.bertctl.runtime.UserException;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.decode.OutputFile;
import dev.bertctl.spi.decode.Prediction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictionFormsTest {

  private static final Prediction YES = () -> Map.of("label", "yes");

  private static final Task<Rows, Prediction> TASK =
      Rows.task(
          OutputFile.text("tags.conll", "head\n", (row, made, place) -> place + "\n"),
          OutputFile.json("labels.json", (row, made) -> Map.entry("a", made.fields())),
          OutputFile.text("one.txt", (row, made, place) -> "1"),
          OutputFile.text("two.txt", (row, made, place) -> "2"));

  @TempDir Path folder;

  @Test
  void aPredictionFollowsTheInputsColumnsAndReplacesThoseOfItsNames() throws IOException {
    assertEquals("{\"label\":\"yes\",\"text\":\"a, b\"}\n", written("out.jsonl"));
    assertEquals("{\"label\":\"yes\",\"text\":\"a, b\"}\n", written("out"));
    assertEquals("label,text\nyes,\"a, b\"\n", written("out.csv"));
    assertEquals("label\ttext\nyes\ta, b\n", written("out.TSV"));
  }

  @Test
  void theTasksOwnFormsHaveTheEndingsOfItsFiles() throws IOException {
    assertEquals("head\n0\n", written("out.conll"));
    assertEquals("{\n  \"a\" : {\n    \"label\" : \"yes\"\n  }\n}", written("out.json"));
  }

  @Test
  void anEndingThatTellsNoFormIsRefused() {
    assertEquals(
        "%s: the ending '.xlsx' tells no form of predictions; name the output .jsonl, .csv, .tsv, .parquet, .npy, .conll, .json or .txt"
            .formatted(folder.resolve("out.xlsx")),
        assertThrows(UserException.class, () -> written("out.xlsx")).getMessage());
    assertEquals(
        "%s: the task has several forms with the ending '.txt' (one.txt, two.txt), which are written into a folder; name the output .jsonl, .csv, .tsv or .parquet"
            .formatted(folder.resolve("out.txt")),
        assertThrows(UserException.class, () -> written("out.txt")).getMessage());
    assertEquals(List.of(), List.of(folder.toFile().list()));
  }

  private String written(String name) throws IOException {
    Path file = folder.resolve(name);
    try (SavedPredictions<Rows, Prediction> saved = Rows.open(file, Start.NEW, TASK)) {
      saved.accept(new Rows(Rows.row("label", "no", "text", "a, b")), YES);
      saved.complete();
    }
    return Files.readString(file);
  }
}
