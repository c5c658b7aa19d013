// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataCommandTest {

  @TempDir private Path folder;

  @Test
  void dataOfATaskWithLabelledTokens() throws IOException {
    Files.writeString(
        folder.resolve("train.conll"), "Ann B-PER\nsang O\n\nAnn O\nsang O\n\nBerg B-PER\n");

    InProcess.Outcome outcome = data("ner", "train.conll");

    assertEquals(0, outcome.exitCode(), outcome.err());
    assertTrue(outcome.out().startsWith("SPLIT  ROWS"), outcome.out());
    assertTrue(
        outcome
            .out()
            .contains(
                "  1 inputs that have another label elsewhere in the split (%1$s:4 as %1$s:1)\n"
                    .formatted(folder.resolve("train.conll"))),
        outcome.out());
  }

  @Test
  void theSameAsJson() throws IOException {
    Files.writeString(
        folder.resolve("train.csv"),
        "premise,hypothesis,label\na dog,a cat,neutral\na dog,a cat,neutral\n");

    JsonNode report = new ObjectMapper().readTree(data("nli", "train.csv", "--json").out());

    assertEquals("nli", report.path("task").asText());
    JsonNode train = report.at("/splits/train");
    assertEquals(2, train.path("examples").asInt());
    assertEquals(2, train.at("/labels/neutral/count").asInt());
    assertEquals(1.0, train.at("/labels/neutral/share").asDouble());
    assertEquals(0, train.at("/labels/entailment/count").asInt(-1));
    assertEquals("duplicates in the split", train.at("/findings/0/what").asText());
    assertEquals(1, train.at("/findings/0/count").asInt());
    assertEquals(1, report.path("warnings").size());
  }

  private InProcess.Outcome data(String task, String train, String... more) throws IOException {
    Path model = WordModel.write(folder.resolve("model"), Path.of("../examples"));
    Path config =
        Files.writeString(
            folder.resolve("app.yaml"), "model: %s\ndata: {train: %s}\n".formatted(model, train));
    List<String> arguments =
        new ArrayList<>(List.of("data", task, "-c", config.toString(), "--offline"));
    arguments.addAll(List.of(more));
    return InProcess.run(arguments.toArray(String[]::new));
  }
}
