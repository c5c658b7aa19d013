// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bertctl.cli.PackagedApp.Result;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code predict --task}: tasks that are applied to a pretrained model as it is. */
class PredictIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final PackagedApp APP = PackagedApp.built();
  private static final Path GOLDEN =
      Path.of("../core/runtime/src/test/resources/golden/embeddings").toAbsolutePath().normalize();
  private static final int HIDDEN = 384;

  @TempDir Path folder;

  @Test
  void embeddingsOfJsonLinesAreThoseOfSentenceTransformers() throws Exception {
    String texts = first(20, GOLDEN.resolve("texts.jsonl"));
    Path vectors = folder.resolve("vectors.npy");

    Result result = APP.reading(texts, embeddings("--output=" + vectors));

    assertEquals("", result.success().out());
    byte[] written = Files.readAllBytes(vectors);
    byte[] golden = Files.readAllBytes(GOLDEN.resolve("minilm-l6.npy"));
    assertEquals(header(golden), header(written));
    FloatBuffer expected = values(golden);
    FloatBuffer actual = values(written);
    assertEquals(20 * HIDDEN, actual.limit());
    for (int i = 0; i < expected.limit(); i++) {
      assertEquals(expected.get(i), actual.get(i), 1e-4, "value " + i);
    }
  }

  @Test
  void linesAndObjectsAreToldApart() throws Exception {
    Result lines = APP.reading("Good morning\n\nInvoice overdue", embeddings());
    Result objects =
        APP.reading(
            """
            {"id": 1, "text": "Good morning"}
            {"id": 2, "text": ""}
            {"id": 3, "text": "Invoice overdue"}
            """,
            embeddings());

    List<JsonNode> ofLines = rows(lines);
    List<JsonNode> ofObjects = rows(objects);
    assertEquals(3, ofLines.size());
    assertEquals("Invoice overdue", ofLines.get(2).get("text").asText());
    assertEquals(HIDDEN, ofLines.get(2).get("embedding").size());
    assertEquals(List.of("id", "text", "embedding"), names(ofObjects.get(2)));
    for (int i = 0; i < 3; i++) {
      assertEquals(i + 1, ofObjects.get(i).get("id").asInt());
      assertEquals(ofLines.get(i).get("embedding"), ofObjects.get(i).get("embedding"));
    }
  }

  @Test
  void theFormatThatIsNamedIsTheOneThatIsRead() throws Exception {
    Result asText = APP.reading("{no json\n", embeddings("--format=text"));
    assertEquals("{no json", rows(asText).get(0).get("text").asText());

    Result asRows = APP.reading("id\ttext\n7\tGood morning\n", embeddings("--format=tsv"));
    assertEquals("7", rows(asRows).get(0).get("id").asText());
  }

  @Test
  void whatHappensIsSaidOnStandardError() throws Exception {
    Result result =
        APP.reading("one two three four five six seven\none\n", embeddings("--set=max-length=8"));

    List<String> lines = result.success().err().lines().toList();
    assertEquals(
        List.of(
            "task        embeddings: Embeddings of texts or tokens: the encoder's hidden states,"
                + " without training",
            "device      cpu",
            "engine      ONNX Runtime 1.29.0 computes: on a CPU it is the faster one",
            "model       minilm-l6: 6 layers, hidden size 384, 12 heads"),
        lines.subList(0, 4));
    assertTrue(lines.get(4).startsWith("predicting: 2 examples"), result::err);
    assertEquals(
        List.of(
            "input       standard input: 2 rows, 2 examples",
            "            truncation: 1 of 2 examples cut, 1 tokens lost; the longest sequence would"
                + " need 9 tokens"),
        lines.subList(5, lines.size()));
  }

  @Test
  void aTextFileIsReadAsTextAndTablesAreWritten() throws Exception {
    Path texts = Files.writeString(folder.resolve("texts.txt"), "a \"b\", c\nd\n");
    Path table = folder.resolve("vectors.csv");

    APP.run(embeddings("--input=" + texts, "--output=" + table, "--set=pooling=token")).success();

    List<String> rows = Files.readAllLines(table);
    assertEquals("text,tokens,embeddings", rows.get(0));
    assertTrue(
        rows.get(1).startsWith("\"a \"\"b\"\", c\",\"[\"\"[CLS]\"\",\"\"a\"\","), rows.get(1));
    assertEquals(3, rows.size());
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(table, texts), files.sorted(Comparator.reverseOrder()).toList());
    }
  }

  @Test
  void parquetIsWrittenAndRead() throws Exception {
    String rows = "{\"id\":\"007\",\"text\":\"Good\"}\n{\"id\":\"8\",\"text\":\"it's\",\"n\":1}\n";
    Path table = folder.resolve("it's [1].parquet");

    Result written = APP.reading(rows, embeddings("--output=" + table));
    assertEquals("", written.success().out());
    Result read = APP.run(embeddings("--input=" + table, "--columns=id,text,n,embedding"));

    List<JsonNode> all = rows(read);
    assertEquals(List.of("007", "8"), all.stream().map(row -> row.get("id").asText()).toList());
    assertTrue(all.get(0).get("n").isNull());
    assertEquals(1, all.get(1).get("n").asInt());
    assertEquals(
        rows(APP.reading(rows, embeddings())).get(1).get("embedding"), all.get(1).get("embedding"));
    assertEquals(List.of(table.getFileName().toString()), List.of(folder.toFile().list()));
  }

  @Test
  void columnsAreChosenAndRenamed() throws Exception {
    Result chosen =
        APP.reading("{\"id\": 7, \"text\": \"Good\"}\n", embeddings("--columns=Id=id,text,no=id"));
    assertEquals("{\"Id\":7,\"text\":\"Good\",\"no\":7}\n", chosen.success().out());

    Result unknown =
        APP.reading("{\"id\": 7, \"text\": \"Good\"}\n", embeddings("--columns=Id=idd"));
    assertEquals(1, unknown.exitCode());
    assertTrue(
        unknown.err().contains("--columns Id=idd: the input has no such column"), unknown::err);

    Result wrong = APP.reading("", embeddings("--probabilities=top"));
    assertEquals(2, wrong.exitCode());
    assertTrue(wrong.err().contains("'top' is none of all, none, top:N"), wrong::err);
  }

  @Test
  void rowsAreWrittenWhileOthersAreStillToCome() throws Exception {
    Process process = APP.start(embeddings());
    OutputStream in = process.getOutputStream();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      String some =
          IntStream.range(0, 100).mapToObj(i -> "text " + i + "\n").collect(Collectors.joining());
      in.write(some.getBytes(StandardCharsets.UTF_8));
      in.flush();

      assertEquals("text 0", JSON.readTree(out.readLine()).get("text").asText());

      in.write("the last\n".getBytes(StandardCharsets.UTF_8));
      in.close();
      List<String> rest = out.lines().toList();
      assertEquals(100, rest.size());
      assertEquals("the last", JSON.readTree(rest.get(99)).get("text").asText());
      assertTrue(process.waitFor(1, TimeUnit.MINUTES));
      assertEquals(0, process.exitValue());
    } finally {
      process.destroy();
    }
  }

  @Test
  void aModelWithoutTheTasksHeadIsRefused() throws Exception {
    Result result = APP.reading("Paris is [MASK].\n", "predict", "minilm-l6", "--task=fill-mask");

    assertEquals(1, result.exitCode());
    assertEquals("", result.out());
    assertTrue(
        result
            .err()
            .contains(
                "\nbertctl: model minilm-l6 cannot be applied to task 'fill-mask': it lacks the"
                    + " weights cls.predictions."),
        result::err);
  }

  @Test
  void aPretrainedModelNeedsATask() throws Exception {
    assertEquals(
        new Result(
            1,
            "",
            "bertctl: minilm-l6: no folder of a model saved by bertctl; give one, such as runs/nli,"
                + " or name with --task what a pretrained model is to be applied to\n"),
        APP.run("predict", "minilm-l6"));
    assertEquals(
        new Result(
            1,
            "",
            "bertctl: %s: no model saved by bertctl (no bertctl.json here or in model/); give the"
                    .formatted(folder)
                + " folder of a finished run, such as runs/nli\n"),
        APP.run("predict", folder.toString()));
  }

  @Test
  void anUnknownTaskIsAnsweredWithTheClosest() throws Exception {
    Result result = APP.run("predict", "minilm-l6", "--task=embedings");

    assertEquals(2, result.exitCode());
    assertTrue(
        result
            .err()
            .startsWith(
                "bertctl: unknown task 'embedings'; did you mean 'embeddings'?\nknown tasks: "),
        result::err);
  }

  @Test
  void anUnknownModelIsAnsweredWithThoseThereAre() throws Exception {
    Result result = APP.run("predict", "minilm", "--task=embeddings");

    assertEquals(1, result.exitCode());
    assertTrue(
        result.err().startsWith("bertctl: model 'minilm': no alias and no directory ("),
        result::err);
  }

  @Test
  void optionsOfTheTaskAreChecked() throws Exception {
    assertEquals(
        new Result(
            2,
            "",
            "bertctl: --set pooling=sum: 'pooling' must be one of cls, mean, max, token, not 'sum'\n"),
        APP.run(embeddings("--set=pooling=sum")));
  }

  @Test
  void withoutInputNothingIsWritten() throws Exception {
    Path vectors = Files.writeString(folder.resolve("vectors.npy"), "of before");

    Result result = APP.run(embeddings("--output=" + vectors));

    assertEquals(1, result.exitCode());
    assertTrue(result.err().endsWith("bertctl: standard input: the file is empty\n"), result::err);
    assertEquals("of before", Files.readString(vectors));
    assertFalse(Files.exists(folder.resolve("vectors.npy.partial")));
  }

  private static String[] embeddings(String... more) {
    return Stream.concat(
            Stream.of("predict", "minilm-l6", "--task=embeddings", "--set=device=cpu"),
            Stream.of(more))
        .toArray(String[]::new);
  }

  private static String first(int lines, Path file) throws IOException {
    try (Stream<String> all = Files.lines(file)) {
      return all.limit(lines).map(line -> line + "\n").collect(Collectors.joining());
    }
  }

  private static List<JsonNode> rows(Result result) throws IOException {
    return JSON.readerFor(JsonNode.class).<JsonNode>readValues(result.success().out()).readAll();
  }

  private static List<String> names(JsonNode row) {
    return row.properties().stream().map(Map.Entry::getKey).toList();
  }

  private static String header(byte[] npy) {
    return new String(npy, 0, 128, StandardCharsets.ISO_8859_1);
  }

  private static FloatBuffer values(byte[] npy) {
    return ByteBuffer.wrap(npy, 128, npy.length - 128)
        .slice()
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer();
  }
}
