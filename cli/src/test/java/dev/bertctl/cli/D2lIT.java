// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bertctl.cli.PackagedApp.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recipes of "Dive into Deep Learning" from examples/d2l, and models as the book has them. */
class D2lIT {

  private static final Path EXAMPLE =
      Path.of("../examples/d2l/app.yaml").toAbsolutePath().normalize();
  private static final Path GOLDEN =
      Path.of("../core/src/test/resources/golden/d2l").toAbsolutePath().normalize();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final PackagedApp APP = PackagedApp.built();

  @TempDir Path folder;

  @Test
  void pretrainsFillsMasksAndFineTunes() throws Exception {
    ok("run", "pretrain", "--config", EXAMPLE.toString(), "--output", folder.toString());
    Path pretrained = folder.resolve("pretrain");
    List<String> history = Files.readAllLines(pretrained.resolve("history.jsonl"));
    assertEquals(50, history.size());
    assertTrue(
        loss(history.get(49)) < loss(history.get(0)) - 1,
        "from %s to %s".formatted(history.get(0), history.get(49)));
    assertEquals(
        "d2l_bert",
        JSON.readTree(pretrained.resolve("model/config.json").toFile())
            .path("model_type")
            .asText());

    Path masks =
        Files.writeString(folder.resolve("masks.txt"), "the train stops at the <mask> .\n");
    for (String task : List.of("pretrain", "fill-mask")) {
      Result filled =
          ok("predict", pretrained.toString(), "--task", task, "--input", masks.toString());
      assertEquals(1, filled.json().path("masks").size());
    }

    JsonNode metrics =
        ok(
                "run",
                "nli",
                "--config",
                EXAMPLE.toString(),
                "--output",
                folder.toString(),
                "--set",
                "tasks.nli.model=" + pretrained,
                "--set",
                "tasks.nli.train.epochs=1",
                "--json")
            .json();
    JsonNode again =
        ok(
                "evaluate",
                folder.resolve("nli").toString(),
                "--data",
                EXAMPLE.resolveSibling("../nli/dev.jsonl").toString(),
                "--json")
            .json();
    assertEquals(metrics.at("/metrics/accuracy"), again.at("/metrics/accuracy"));
  }

  private static double loss(String line) throws Exception {
    return JSON.readTree(line).at("/losses/masked_lm").asDouble();
  }

  /** The likeliest words are those of the book's own code, in the golden file. */
  @Test
  void fillsMasksWithAModelOfTheBooks() throws Exception {
    Path model = GOLDEN.resolve("torch-trained");
    JsonNode vocabulary = JSON.readTree(model.resolve("vocab.json").toFile());
    JsonNode expected = JSON.readTree(model.resolve("expected.json").toFile());
    List<List<String>> texts = List.of(new ArrayList<>(), new ArrayList<>());
    List<String> likeliest = new ArrayList<>();
    JsonNode ids = expected.at("/tokens/0");
    for (int i = 0; i < ids.size(); i++) {
      String word = vocabulary.get(ids.get(i).asInt()).asText();
      if (!word.equals("<cls>") && !word.equals("<sep>")) {
        texts.get(expected.at("/segments/0").get(i).asInt()).add(word);
      }
      if (word.equals("<mask>")) {
        int place = ints(expected.at("/pred_positions/0")).indexOf(i);
        likeliest.add(vocabulary.get(highest(expected.at("/mlm_Y_hat/0").get(place))).asText());
      }
    }
    Path rows = folder.resolve("rows.jsonl");
    Map<String, String> row =
        Map.of("text", String.join(" ", texts.get(0)), "text_pair", String.join(" ", texts.get(1)));
    Files.writeString(rows, JSON.writeValueAsString(row));
    JsonNode filled =
        ok(
                "predict",
                model.toString(),
                "--task=fill-mask",
                "--input=" + rows,
                "--set=max-length=40")
            .json();
    assertEquals(3, likeliest.size());
    for (int mask = 0; mask < likeliest.size(); mask++) {
      assertEquals(likeliest.get(mask), filled.at("/masks/%d/0/token".formatted(mask)).asText());
    }
  }

  private static List<Integer> ints(JsonNode list) {
    return IntStream.range(0, list.size()).mapToObj(i -> list.get(i).asInt()).toList();
  }

  private static int highest(JsonNode numbers) {
    return IntStream.range(0, numbers.size())
        .boxed()
        .max(Comparator.comparingDouble(i -> numbers.get(i).asDouble()))
        .orElseThrow();
  }

  @Test
  void aTextWithoutAMaskIsToldHowToWriteOne() throws Exception {
    Path text = Files.writeString(folder.resolve("texts.txt"), "the ferry\n");
    Result missing =
        APP.run(
            "predict",
            GOLDEN.resolve("torch-trained").toString(),
            "--task=fill-mask",
            "--input=" + text,
            "--set=max-length=40");
    assertEquals(1, missing.exitCode());
    assertEquals(
        text + ":1: no <mask> in the text; write <mask> in place of each token to be filled in",
        missing.err().lines().reduce((first, last) -> last).orElse("").replace("bertctl: ", ""));
  }

  private static Result ok(String... arguments) throws Exception {
    return APP.run(arguments).success();
  }
}
