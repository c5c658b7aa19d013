// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bertctl.core.config.Assignments;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.data.DataFiles;
import dev.bertctl.core.data.FileSettings;
import dev.bertctl.core.output.PredictionTarget;
import dev.bertctl.runtime.TinyTask;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.LabelledText;
import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.decode.Classification;
import dev.bertctl.spi.decode.ModelOutput;
import dev.bertctl.spi.decode.OutputFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Splits that are read, evaluated and written in several chunks. */
class StreamingTest {

  private static final int ROWS = 150;

  /** The line whose example cannot be decoded; the header is line 1. */
  private static final AtomicLong FAILING_LINE = new AtomicLong();

  @TempDir static Path folder;

  private final TinyRun run = runOf();

  @BeforeAll
  static void train() {
    // Chunks of 2, 4, 8, 16, 32, 64 and the rest.
    runOf()
        .pairs("train", 8, 1)
        .pairs("validation", ROWS, 2)
        .set("train.epochs", 1)
        .set("train.evaluation-batch-size", 2)
        .run();
  }

  private static TinyRun runOf() {
    return new TinyRun(folder, 0)
        .task(new TinyTask(StreamingTest::parts))
        .set("data.train", folder.resolve("train.csv"))
        .set("data.validation", folder.resolve("validation.csv"));
  }

  private static Task<LabelledText, Classification> parts(Labels labels) {
    Task<LabelledText, Classification> stock = TinyTask.classification(labels);
    Task.Scoring<LabelledText, Classification> scoring = stock.scoring().orElseThrow();
    return Task.of(
            stock.reader(),
            stock.packing(),
            stock.head(),
            (LabelledText example, ModelOutput output) -> {
              if (example.location().line() == FAILING_LINE.get()) {
                throw new IllegalStateException("cannot be decoded");
              }
              return stock.decoder().decode(example, output);
            })
        .scoredBy(scoring.metric(), scoring.predictions())
        .writing(
            OutputFile.text(
                "places.tsv",
                "place\tlabel\n",
                (example, made, place) -> place + "\t" + labels.name(made.label()) + "\n"))
        .writing(
            OutputFile.json(
                "lines.json",
                (example, made) ->
                    Map.entry(
                        Long.toString(example.location().line()),
                        Map.of("label", labels.name(made.label()), "of", List.of(1, 2)))));
  }

  @Test
  void predictionsAndTaskFilesAreInTheInputsOrder() throws IOException {
    List<String> rows = Files.readAllLines(folder.resolve("validation.csv"));
    List<JsonNode> predictions = TinyRun.read(run.file("predictions.jsonl"));
    List<String> places = Files.readAllLines(run.file("places.tsv"));
    JsonNode lines = TinyRun.read(run.file("lines.json")).get(0);

    assertEquals(ROWS, predictions.size());
    assertEquals(ROWS + 1, places.size());
    assertEquals("place\tlabel", places.get(0));
    assertEquals(ROWS, lines.size());
    List<String> keys = new ArrayList<>();
    lines.fieldNames().forEachRemaining(keys::add);
    for (int i = 0; i < ROWS; i++) {
      JsonNode row = predictions.get(i);
      String predicted = row.get("predicted").asText();
      assertEquals(
          rows.get(i + 1),
          row.get("first").asText()
              + ","
              + row.get("second").asText()
              + ","
              + row.get("label").asText());
      assertEquals(i + "\t" + predicted, places.get(i + 1));
      assertEquals(Integer.toString(i + 2), keys.get(i));
      assertEquals(
          TinyRun.tree(Map.of("label", predicted, "of", List.of(1, 2))), lines.get(keys.get(i)));
    }
    assertEquals(ROWS, run.json("metrics.json").get("examples").asInt());
    assertEquals(
        "[\"places.tsv\",\"lines.json\"]", run.json("metrics.json").get("task_files").toString());
    assertFalse(Files.exists(run.file(".predictions.part")));
  }

  @Test
  void chunksChangeNothing() throws IOException {
    Path predictions = folder.resolve("large-chunk/predictions.jsonl");
    Path files = Files.createDirectory(predictions.getParent()).resolve("files");
    EvaluationResult result =
        evaluation(Optional.of(predictions), Optional.of(files), "train.evaluation-batch-size=256")
            .run()
            .result();

    List<JsonNode> expected = TinyRun.read(run.file("predictions.jsonl"));
    List<JsonNode> actual = TinyRun.read(predictions);
    assertEquals(expected.size(), actual.size());
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.get(i).get("first"), actual.get(i).get("first"));
      assertEquals(expected.get(i).get("predicted"), actual.get(i).get("predicted"));
      assertEquals(
          expected.get(i).at("/probabilities/yes").asDouble(),
          actual.get(i).at("/probabilities/yes").asDouble(),
          1e-6);
    }
    assertEquals(run.json("metrics.json").get("loss").asDouble(), result.loss(), 1e-6);
    for (String name : List.of("places.tsv", "lines.json")) {
      assertEquals(Files.readString(run.file(name)), Files.readString(files.resolve(name)), name);
    }
  }

  @Test
  void predictionWritesTheSameTaskFiles() throws IOException {
    Path files = folder.resolve("predicted");
    List<String> labels = new ArrayList<>();
    TinyRun.Listener listener = new TinyRun.Listener();
    prediction(files, listener)
        .run(
            validation(),
            (columns, prediction, marked) ->
                labels.add(prediction.fields().get("predicted").toString()));
    assertEquals(ROWS, labels.size());
    for (String name : List.of("places.tsv", "lines.json")) {
      assertEquals(Files.readString(run.file(name)), Files.readString(files.resolve(name)), name);
    }
    assertEquals(ROWS, listener.splits().get(0).counts().examples());
    assertEquals(ROWS, listener.splits().get(0).counts().rows());
  }

  @Test
  void aFailedEvaluationLeavesEarlierFilesAndNothingElse() throws IOException {
    Path earlier = Files.createDirectory(folder.resolve("evaluated"));
    Map<String, String> before = earlierFiles(earlier);
    failing(
        () ->
            evaluation(Optional.of(earlier.resolve("predictions.jsonl")), Optional.of(earlier))
                .run());
    assertEquals(before, files(earlier));
  }

  @Test
  void aFailedPredictionLeavesEarlierFilesAndNothingElse() throws IOException {
    Path earlier = Files.createDirectory(folder.resolve("predicted-before"));
    Map<String, String> before = earlierFiles(earlier);
    List<Object> made = new ArrayList<>();
    failing(
        () ->
            prediction(earlier, new TinyRun.Listener())
                .run(validation(), (columns, prediction, marked) -> made.add(prediction)));
    assertEquals(before, files(earlier));
    // Those before it were already given.
    assertEquals(100, made.size());
  }

  @Test
  void aTaskFileThatCannotBeWrittenSaysWhy() throws IOException {
    Path files = folder.resolve("unwritable");
    TinyTask broken =
        new TinyTask(
            labels ->
                parts(labels)
                    .writing(
                        OutputFile.json(
                            "broken.json",
                            (example, made) -> Map.entry("key", List.of(new Object())))));
    FineTunedModel saved = FineTunedModel.open(run.results());
    ModelPrediction prediction =
        new ModelPrediction(
            saved.config(broken, List.of()),
            saved.files(TinyRun.STORE),
            Optional.of(saved),
            PredictionTarget.toldOnly(Optional.of(files)),
            new TinyRun.Listener());
    Exception e =
        assertThrows(
            Exception.class, () -> prediction.run(validation(), (columns, made, marked) -> {}));
    assertTrue(e.getMessage().contains("java.lang.Object"), e::toString);
    assertEquals(Map.of(), files(files));
  }

  private void failing(Executable job) {
    FAILING_LINE.set(102);
    try {
      assertEquals(
          "cannot be decoded", assertThrows(IllegalStateException.class, job).getMessage());
    } finally {
      FAILING_LINE.set(0);
    }
  }

  private ModelEvaluation evaluation(
      Optional<Path> predictions, Optional<Path> taskFiles, String... assignments) {
    FineTunedModel saved = FineTunedModel.open(run.results());
    TaskConfig<?> config =
        saved.config(
            run.plugin(),
            Stream.concat(
                    Stream.of("data.test=" + folder.resolve("validation.csv")),
                    Stream.of(assignments))
                .map(Assignments::parse)
                .toList());
    return new ModelEvaluation(
        saved,
        config,
        TinyRun.STORE,
        new EvaluationOutputs(predictions, taskFiles, Optional.empty(), List.of()),
        new TinyRun.Listener());
  }

  private ModelPrediction prediction(Path taskFiles, RunListener listener) {
    FineTunedModel saved = FineTunedModel.open(run.results());
    return new ModelPrediction(
        saved.config(run.plugin(), List.of()),
        saved.files(TinyRun.STORE),
        Optional.of(saved),
        PredictionTarget.toldOnly(Optional.of(taskFiles)),
        listener);
  }

  private static DataFile validation() {
    return DataFiles.open(
        List.of(folder.resolve("validation.csv")),
        Optional.empty(),
        Optional.empty(),
        FileSettings.DEFAULT);
  }

  private static Map<String, String> earlierFiles(Path folder) throws IOException {
    Map<String, String> contents = new LinkedHashMap<>();
    for (String name : List.of("lines.json", "places.tsv", "predictions.jsonl")) {
      Files.writeString(folder.resolve(name), "earlier " + name);
      contents.put(name, "earlier " + name);
    }
    return contents;
  }

  /** Name and content of each file, hidden ones included. */
  private static Map<String, String> files(Path folder) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        contents.put(
            file.getFileName().toString(),
            Files.isDirectory(file) ? "a folder" : Files.readString(file));
      }
    }
    return contents;
  }
}
