// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bertctl.cli.PackagedApp.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Language models through every command, on the example texts and with a tiny model of random
 * weights.
 */
class LanguageModelsIT {

  private static final Path EXAMPLES =
      Path.of("../examples/language-model").toAbsolutePath().normalize();
  private static final Path MASKS = EXAMPLES.resolve("masks.txt");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final PackagedApp APP = PackagedApp.built();

  @TempDir Path folder;

  private Path model;
  private Path config;

  /** The trained tasks, and what new data a model of theirs is applied to. */
  enum Case {
    MASKED_LM("masked-lm", "BertForMaskedLM", "masks.txt", "masks", "masked_accuracy"),
    PRETRAIN(
        "pretrain",
        "BertForPreTraining",
        "masks.txt",
        "masks",
        "masked_accuracy",
        "next_sentence_accuracy"),
    NEXT_SENTENCE(
        "next-sentence",
        "BertForNextSentencePrediction",
        "pairs.jsonl",
        "probabilities",
        "accuracy"),
    CAUSAL_LM("causal-lm", "BertLMHeadModel", "masks.txt", "log_probabilities", "perplexity");

    private final String task;
    private final String architecture;
    private final Path input;
    private final String field;
    private final List<String> scored;

    Case(String task, String architecture, String input, String field, String... scored) {
      this.task = task;
      this.architecture = architecture;
      this.input = EXAMPLES.resolve(input);
      this.field = field;
      this.scored = List.of(scored);
    }
  }

  @BeforeEach
  void writeModel() throws IOException {
    model = WordModel.write(folder.resolve("tiny-bert"), EXAMPLES);
    StringBuilder tasks = new StringBuilder();
    for (Case example : Case.values()) {
      tasks.append(
          "  %s: {data: {train: %s/train.txt, validation: %s/dev.txt}}\n"
              .formatted(example.task, EXAMPLES, EXAMPLES));
    }
    config =
        Files.writeString(
            folder.resolve("app.yaml"),
            """
            model: tiny-bert
            device: cpu
            engine: tensorflow
            max-length: 64
            train: {epochs: 1, batch-size: 8}
            tasks:
            %s  fill-mask: {}
            output: runs
            """
                .formatted(tasks));
  }

  @ParameterizedTest
  @EnumSource
  void commandsAgree(Case example) throws Exception {
    final Path results = folder.resolve("runs").resolve(example.task);
    final Path dev = EXAMPLES.resolve("dev.txt");

    JsonNode run = run(example);
    assertEquals(
        example.architecture,
        JSON.readTree(results.resolve("model/config.json").toFile())
            .get("architectures")
            .get(0)
            .asText());
    assertEquals(run, JSON.readTree(results.resolve("metrics.json").toFile()));

    JsonNode evaluated = APP.run("evaluate", results.toString(), "--data=" + dev, "--json").json();
    for (String field : List.of("examples", "loss", "metrics")) {
      assertEquals(run.get(field), evaluated.get(field), field);
    }

    JsonNode scored =
        APP.run(
                "score",
                example.task,
                "--gold=" + dev,
                "--predictions=" + results.resolve("predictions.jsonl"),
                "--json")
            .json();
    for (String metric : example.scored) {
      assertEquals(
          run.get("metrics").get(metric).asDouble(),
          scored.get("metrics").get(metric).asDouble(),
          1e-5,
          metric);
    }

    List<JsonNode> predicted =
        rows(APP.run("predict", results.toString(), "--input=" + example.input));
    assertEquals(Files.readAllLines(example.input).size(), predicted.size());
    for (JsonNode row : predicted) {
      assertFalse(row.get(example.field).isEmpty(), row::toString);
    }

    Result packed = APP.run("pack", example.task, "--config=" + config, "--limit=2").success();
    assertTrue(packed.out().contains("[CLS]"), packed::out);
  }

  @Test
  void severalLossesAreSaidAndKept() throws Exception {
    JsonNode run = run(Case.PRETRAIN);

    JsonNode losses = run.get("losses");
    assertEquals(
        run.get("loss").asDouble(),
        losses.get("masked_lm").asDouble() + losses.get("next_sentence").asDouble(),
        1e-9);
    assertEquals(losses, run.get("evaluations").get(0).get("losses"));
    Result shown =
        APP.run(
                "evaluate",
                folder.resolve("runs/pretrain").toString(),
                "--data=" + EXAMPLES.resolve("dev.txt"))
            .success();
    assertTrue(
        shown
            .out()
            .matches("(?s)METRIC +VALUE\nloss +.*\nmasked_lm loss +.*\nnext_sentence loss +.*"),
        shown::out);
  }

  @Test
  void aTaskIsAppliedToAModelOfAnotherThatHasItsHead() throws Exception {
    run(Case.MASKED_LM);
    String results = folder.resolve("runs/masked-lm").toString();

    List<JsonNode> own = rows(APP.run("predict", results, "--input=" + MASKS));
    List<JsonNode> applied =
        rows(
            APP.run(
                "predict",
                results,
                "--task=fill-mask",
                "--input=" + MASKS,
                "--set=top-k=3",
                "--set=device=cpu"));

    assertEquals(Files.readAllLines(MASKS).size(), applied.size());
    assertEquals(2, applied.get(2).get("masks").size());
    for (int i = 0; i < applied.size(); i++) {
      JsonNode row = applied.get(i);
      assertEquals(own.get(i).get("filled"), row.get("filled"));
      assertFalse(row.get("filled").asText().contains("[MASK]"), row::toString);
      for (JsonNode mask : row.get("masks")) {
        assertEquals(3, mask.size());
        assertTrue(
            mask.get(0).get("probability").asDouble() >= mask.get(1).get("probability").asDouble());
      }
    }

    Result lacking = APP.run("predict", results, "--task=next-sentence", "--input=" + MASKS);
    assertEquals(1, lacking.exitCode());
    assertTrue(lacking.err().contains("it lacks the weights "), lacking::err);
    assertTrue(lacking.err().contains("cls.seq_relationship.weight"), lacking::err);
  }

  @Test
  void aTextWithoutAMaskIsAnErrorWithItsLine() throws Exception {
    run(Case.MASKED_LM);

    Result result =
        APP.reading(
            "The bread is [MASK].\nThe bread is baked.\n",
            "predict",
            folder.resolve("runs/masked-lm").toString(),
            "--task=fill-mask");

    assertEquals(1, result.exitCode());
    assertTrue(
        result
            .err()
            .endsWith(
                "bertctl: standard input:2: no [MASK] in the text; write [MASK], in capitals, in"
                    + " place of each token to be filled in\n"),
        result::err);
  }

  @Test
  void predictionsThatAreNoVectorsAreNotWrittenAsSuch() throws Exception {
    run(Case.MASKED_LM);
    Path vectors = folder.resolve("vectors.npy");

    Result result =
        APP.run(
            "predict",
            folder.resolve("runs/masked-lm").toString(),
            "--input=" + MASKS,
            "--output=" + vectors);

    assertEquals(1, result.exitCode());
    assertTrue(
        result
            .err()
            .endsWith(
                "bertctl: the task's predictions are no vectors, which .npy holds; name the output"
                    + " .jsonl, .csv, .tsv or .parquet\n"),
        result::err);
    try (Stream<Path> files = Files.list(folder)) {
      assertTrue(files.noneMatch(file -> file.toString().contains("vectors")));
    }
  }

  @Test
  void aTaskThatIsNotTrainedIsNotRun() throws Exception {
    assertEquals(
        new Result(
            1,
            "",
            "task        fill-mask: Fills [MASK] in texts with the likeliest tokens, without"
                + " training\nbertctl: task 'fill-mask' is not trained; it is applied to a model as it"
                + " is, by prediction\n"),
        APP.run("run", "fill-mask", "--config=" + config));
    assertEquals(
        new Result(1, "", "bertctl: task 'fill-mask' has no metric to judge predictions by\n"),
        APP.run("score", "fill-mask", "--gold=" + MASKS, "--predictions=" + MASKS));
  }

  private JsonNode run(Case example) throws Exception {
    return APP.run("run", example.task, "--config=" + config, "--json").json();
  }

  private static List<JsonNode> rows(Result result) throws IOException {
    return JSON.readerFor(JsonNode.class).<JsonNode>readValues(result.success().out()).readAll();
  }
}
