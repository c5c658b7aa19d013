// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job as spark-submit starts it; it ends its session. */
class PredictJobTest {

  @TempDir static Path folder;

  private static Path model;
  private SparkSession session;

  @BeforeAll
  static void save() {
    model = LocalSpark.nli(folder);
  }

  @BeforeEach
  void open() {
    session = LocalSpark.session();
  }

  private static Path file(String name) {
    return folder.resolve(name);
  }

  /** What it ended with, and its messages. */
  private static String job(String... more) {
    List<String> arguments = new ArrayList<>(List.of("model=" + model));
    arguments.addAll(Arrays.asList(more));
    PrintStream before = System.err;
    ByteArrayOutputStream messages = new ByteArrayOutputStream();
    System.setErr(new PrintStream(messages, true, StandardCharsets.UTF_8));
    try {
      int status = PredictJob.run(arguments.toArray(String[]::new));
      return status + " " + messages.toString(StandardCharsets.UTF_8).strip();
    } finally {
      System.setErr(before);
    }
  }

  private List<Row> expected(int rows) {
    return BertTransformer.load(model.toString())
        .transform(LocalSpark.pairs(session, rows, 2))
        .orderBy("id")
        .select("id", "predicted")
        .collectAsList();
  }

  @Test
  void everyFormatIsReadAndWritten() throws IOException {
    List<Row> expected = expected(40);
    LocalSpark.pairs(session, 40, 2).write().parquet(file("pairs.parquet").toString());
    String before = "pairs.parquet";
    for (String format : List.of("csv", "json", "parquet")) {
      String output = "predicted." + format;
      assertEquals(
          "0 bertctl: predictions are in " + file(output),
          job(
              "input=" + file(before),
              "output=" + file(output),
              "write=compression=gzip",
              "param=maxBatchTokens=500"));
      try (Stream<Path> files = Files.list(file(output))) {
        assertTrue(files.anyMatch(part -> part.getFileName().toString().contains(".gz")));
      }
      before = output;
      session = LocalSpark.session();
    }

    assertEquals(
        expected,
        session
            .read()
            .parquet(file("predicted.parquet").toString())
            .select(functions.col("id").cast("long"), functions.col("predicted"))
            .orderBy("id")
            .collectAsList());
  }

  @Test
  void linesOfTextAreTheTasksText() throws IOException {
    Path reviews =
        LocalSpark.model(
            folder, "text-classification", Map.of("labels", "a,b", "text-pair", "false"));
    Files.write(file("texts.txt"), List.of("the cat", "a dog", "a red boat"));

    assertEquals(
        "0 bertctl: predictions are in " + file("lines.txt"),
        job("model=" + reviews, "input=" + file("texts.txt"), "output=" + file("lines.txt")));

    session = LocalSpark.session();
    List<String> lines = session.read().textFile(file("lines.txt").toString()).collectAsList();
    assertEquals(3, lines.size());
    assertTrue(lines.get(0).startsWith("{\"text\":\"the cat\",\"predicted\":\""), lines.get(0));
  }

  /** One of its settings is a list. */
  @Test
  void aTaskIsAppliedWithItsSettings() throws IOException {
    Path masked = LocalSpark.model(folder, "fill-mask", Map.of());
    Files.write(file("masked.txt"), List.of("the [MASK]", "a [MASK] boat"));

    assertEquals(
        "0 bertctl: predictions are in " + file("filled"),
        job(
            "model=" + masked,
            "task=fill-mask",
            "set=top-k=2",
            "set=candidates=cat,dog",
            "input=" + file("masked.txt"),
            "output=" + file("filled"),
            "param=device=cpu",
            "param=maxLength=32"));

    session = LocalSpark.session();
    List<String> tokens =
        session
            .read()
            .parquet(file("filled").toString())
            .selectExpr("explode(masks[0].token) as token")
            .orderBy("token")
            .as(Encoders.STRING())
            .collectAsList();
    assertEquals(List.of("cat", "cat", "dog", "dog"), tokens);
  }

  @Test
  void theOutputMayHaveFolders() throws IOException {
    LocalSpark.pairs(session, 40, 2).write().json(file("to-split.json").toString());
    List<Row> expected = expected(40);

    assertEquals(
        "0 bertctl: predictions are in " + file("split"),
        job("input=" + file("to-split.json"), "output=" + file("split"), "partition-by=predicted"));

    session = LocalSpark.session();
    assertEquals(
        expected,
        session
            .read()
            .parquet(file("split").toString())
            .select("id", "predicted")
            .orderBy("id")
            .collectAsList());
    assertEquals(
        "0 bertctl: predictions are in " + file("split"),
        job(
            "input=" + file("to-split.json"),
            "output=" + file("split"),
            "overwrite=true",
            "output-format=json"));
  }

  @Test
  void badRowsAreCountedUpToALimit() throws IOException {
    Files.write(
        file("bad.jsonl"),
        List.of(
            "{\"premise\":[\"a\"],\"hypothesis\":\"the cat\"}",
            "{\"hypothesis\":\"the dog\"}",
            "{\"premise\":[\"b\"],\"hypothesis\":\"the bird\"}"));

    assertEquals(
        "0 bertctl: predictions are in %s; 2 rows have none, and say why".formatted(file("two")),
        job("input=" + file("bad.jsonl"), "output=" + file("two"), "param=maxErrors=2"));
    session = LocalSpark.session();
    assertEquals(
        "1 bertctl: more than 1 rows cannot be predicted for; correct the input, or raise the limit"
            + " (maxErrors). The last: column 'premise' holds a JSON list where a text is needed",
        job("input=" + file("bad.jsonl"), "output=" + file("one"), "param=maxErrors=1"));
    assertFalse(Files.exists(file("one").resolve("_SUCCESS")));
  }

  @Test
  void messagesDoNotCommandATerminal() {
    assertEquals(
        "2 bertctl: '\\u001b[2J' is no format; take one of parquet, csv, json, text",
        job("input=pairs", "output=predicted", "format=\033[2J"));
  }

  @Test
  void whatIsWrongIsSaid() {
    String input = "input=" + file("none.parquet");
    String output = "output=" + file("nowhere");
    assertEquals("2 bertctl: there is no input; write input=PATH", job(output));
    assertEquals("2 bertctl: output is not given; write output=...", job(input));
    assertEquals(
        "2 bertctl: 'xml' is no format; take one of parquet, csv, json, text",
        job(input, output, "format=xml"));
    assertEquals(
        "2 bertctl: 'colour' is no argument; there are model, task, set, input, format, output,"
            + " output-format, read, write, partition-by, overwrite, param",
        job(input, output, "colour=red"));
    assertEquals(
        "2 bertctl: write=gzip sets no option; write write=OPTION=VALUE",
        job(input, output, "write=gzip"));
    assertEquals(
        "2 bertctl: overwrite=yes: write true or false", job(input, output, "overwrite=yes"));
    String missing = job(input, output);
    assertTrue(
        missing.startsWith("1 bertctl: [PATH_NOT_FOUND] Path does not exist: file:"), missing);
  }
}
