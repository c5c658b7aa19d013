// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.runtime.TinyBert;
import dev.bertctl.runtime.TinyModel;
import dev.bertctl.runtime.TinyTask;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.saved.SavedTask;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.LabelledText;
import dev.bertctl.spi.decode.Classification;
import dev.bertctl.spi.decode.Prediction;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictorTest {

  @TempDir static Path folder;

  private static Predictor<Classification> predictor;

  @BeforeAll
  static void open() {
    predictor = OpenTiny.classifier(folder);
  }

  @AfterAll
  static void close() {
    predictor.close();
  }

  private static Map<String, Object> row(int number) {
    List<String> words = TinyBert.WORDS;
    return Map.of(
        "first", "the %s sees".formatted(words.get(number % words.size())),
        "second", String.join(" ", words.subList(0, 1 + number % 9)));
  }

  @Test
  void predictionsAreOfTheTasksClass() {
    Classification prediction = predictor.predict(row(3));

    assertEquals(List.of("no", "yes"), List.copyOf(probabilities(prediction).keySet()));
    assertTrue(List.of("no", "yes").contains(prediction.fields().get("predicted")));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Double> probabilities(Prediction prediction) {
    return (Map<String, Double>) prediction.fields().get("probabilities");
  }

  @Test
  void theTaskIsKnownWithoutTheWeights() throws IOException {
    Path known = folder.resolve("known");
    Files.createDirectories(known);
    Path file = predictor.saved().folder().resolve(SavedTask.FILE);
    Files.copy(file, known.resolve(SavedTask.FILE));

    assertEquals(
        List.of("no", "yes"),
        DescribedTask.of(known, OpenTiny.options(TinyTask.classifier())).task().head().labels());
  }

  /** Batches of other lengths differ in the last digits only. */
  private static void assertSame(Prediction expected, Prediction found) {
    assertEquals(probabilities(expected).get("yes"), probabilities(found).get("yes"), 1e-5);
  }

  @Test
  void aBatchGivesWhatSingleRowsGive() {
    List<Map<String, Object>> rows = IntStream.range(0, 24).mapToObj(PredictorTest::row).toList();

    List<Classification> batch = predictor.predict(rows);

    assertEquals(rows.size(), batch.size());
    for (int i = 0; i < rows.size(); i++) {
      assertSame(predictor.predict(rows.get(i)), batch.get(i));
    }
    double differ = probabilities(batch.get(0)).get("yes") - probabilities(batch.get(1)).get("yes");
    assertTrue(Math.abs(differ) > 1e-3, "rows that cannot be told apart would show nothing");
  }

  @Test
  void manyThreadsMayPredictAtOnce() {
    List<Classification> expected =
        IntStream.range(0, 24).mapToObj(i -> predictor.predict(row(i))).toList();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<CompletableFuture<Classification>> found = new ArrayList<>();
    for (int i = 0; i < 240; i++) {
      int number = i % 24;
      found.add(CompletableFuture.supplyAsync(() -> predictor.predict(row(number)), threads));
    }

    for (int i = 0; i < found.size(); i++) {
      assertSame(expected.get(i % 24), found.get(i).join());
    }
    threads.shutdown();
  }

  @Test
  void anExampleOfTheTasksOwnIsPredicted() {
    Prepared prepared = predictor.prepare(row(5));

    assertSame(predictor.predict(row(5)), predictor.predict(prepared.example()));
    assertEquals(LabelledText.class, prepared.example().getClass());
  }

  @Test
  void valuesOfAllKindsStayWhatTheyAreInJson() {
    Prepared prepared =
        predictor.prepare(
            Map.of(
                "first",
                new StringBuilder("the cat"),
                "second",
                7,
                "float",
                0.5f,
                "decimal",
                new BigDecimal("1.10"),
                "list",
                List.of(1, 'x', true),
                "array",
                new int[] {1, 2},
                "map",
                Map.of(1, (short) 2)));

    Map<String, Object> columns = prepared.example().columns();
    assertEquals("the cat", columns.get("first"));
    assertEquals(7L, columns.get("second"));
    assertEquals(0.5, columns.get("float"));
    assertEquals(new BigDecimal("1.10"), columns.get("decimal"));
    assertEquals(List.of(1L, "x", true), columns.get("list"));
    assertEquals(List.of(1L, 2L), columns.get("array"));
    assertEquals(Map.of("1", 2L), columns.get("map"));
  }

  @Test
  void aValueThatJsonHasNotIsRefused() {
    Map<String, Object> row = Map.of("first", "the cat", "second", "a dog", "at", Path.of("x"));

    DataException problem = assertThrows(DataException.class, () -> predictor.prepare(row));

    assertEquals(
        "row:1: column 'at' holds a sun.nio.fs.UnixPath; give a text, a number, a boolean, or a list or map of these",
        problem.getMessage());
  }

  @Test
  void aMissingColumnIsNamedWithItsRow() {
    List<Map<String, String>> rows =
        List.of(Map.of("first", "a cat", "second", "a dog"), Map.of("first", "a cat", "other", ""));

    DataException problem = assertThrows(DataException.class, () -> predictor.prepare(rows));

    assertTrue(
        problem.getMessage().startsWith("row:2: no column 'second'; the row has: "),
        problem::getMessage);
    assertTrue(
        problem.getMessage().endsWith(". Rename the column that holds it"), problem::getMessage);
  }

  @Test
  void predictionsOfAnotherClassAreNotGivenOut() {
    TinyTask plugin = TinyTask.classifier();
    try (Predictor<OtherPrediction> other =
        Predictor.open(
            predictor.saved().folder(), OtherPrediction.class, OpenTiny.options(plugin))) {
      assertThrows(ClassCastException.class, () -> other.predict(row(1)));
    }
  }

  private record OtherPrediction(Map<String, Object> fields) implements Prediction {}

  @Test
  void aClosedPredictorSaysSo() {
    Predictor<Classification> closed =
        Predictor.open(
            predictor.saved().folder(),
            Classification.class,
            OpenTiny.options(TinyTask.classifier()));
    Prepared prepared = closed.prepare(row(1));
    closed.close();
    closed.close();

    IllegalStateException problem =
        assertThrows(IllegalStateException.class, () -> closed.compute(prepared));

    assertEquals(
        "the predictor of %s is closed".formatted(predictor.saved().folder()),
        problem.getMessage());
    assertThrows(IllegalStateException.class, () -> closed.prepare(row(1)));
  }

  @Test
  void aFolderWithoutModelIsRefused(@TempDir Path empty) {
    UserException problem = assertThrows(UserException.class, () -> Predictor.open(empty));

    assertEquals(
        "%s: no model saved by bertctl (no bertctl.json here or in model/); give the folder of a finished run, such as runs/nli"
            .formatted(empty),
        problem.getMessage());
  }

  @Test
  void longerSequencesThanTheModelHasPositionsAreRefused() {
    PredictorOptions options = OpenTiny.options(TinyTask.classifier()).withMaxLength(33);

    UserException problem =
        assertThrows(
            UserException.class,
            () ->
                Predictor.open(
                    TinyModel.write(
                        folder.resolve("again/model"),
                        TinyTask.classifier(),
                        Map.of("labels", "no,yes"),
                        1),
                    Prediction.class,
                    options));

    assertTrue(
        problem
            .getMessage()
            .endsWith(
                ": sequences of 33 tokens are more than its 32 positions; give a shorter longest sequence"),
        problem::getMessage);
  }
}
