// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareTest {

  @TempDir Path folder;

  @BeforeEach
  void threePairs() throws IOException {
    Files.writeString(
        folder.resolve("gold.csv"),
        "premise,hypothesis,label\na,b,entailment\nc,d,neutral\ne,f,contradiction\n");
    predictions("a.jsonl", "entailment", "neutral", "neutral");
    predictions("b.jsonl", "entailment", "entailment", "neutral");
  }

  @Test
  void twoFilesAreComparedInATable() {
    String printed = compare("--task=nli", "--gold=" + folder.resolve("gold.csv")).out();
    assertTrue(
        printed.contains(
            "by accuracy: both right 1, both wrong 1, only A right 1, only B right 0\n"),
        printed);
    assertTrue(printed.contains("1.0000 (McNemar)"), printed);
    assertTrue(
        printed.endsWith(
            """

            only A right:
            EXAMPLE%s  A        B
            %s:3  neutral  entailment
            """
                .formatted(
                    " ".repeat(folder.resolve("gold.csv").toString().length() + 2 - 7),
                    folder.resolve("gold.csv"))),
        printed);
  }

  @Test
  void programsReadItAsJson() throws IOException {
    JsonNode json =
        new ObjectMapper()
            .readTree(
                compare("--task=nli", "--gold=" + folder.resolve("gold.csv"), "--json").out());
    assertEquals(3, json.get("examples").asInt());
    assertEquals("mcnemar", json.at("/metrics/accuracy/test").asText());
    assertEquals(-1.0 / 3, json.at("/metrics/accuracy/difference").asDouble(), 1e-12);
    assertEquals("neutral", json.at("/differences/only_a_right/0/a/predicted").asText());
    assertEquals("c", json.at("/differences/only_a_right/0/example/premise").asText());
  }

  @Test
  void filesNeedATaskAndGoldDataAndEnoughResamples() {
    assertRefused("the comparison of two files of predictions needs --task TASK");
    assertRefused("the comparison of two files of predictions needs --gold FILE", "--task=nli");
    assertRefused("--resamples needs a number of at least 1000", "--resamples=999");
    assertRefused("--differences needs a number of at least 0", "--differences=-1");
  }

  @Test
  void aFolderIsARun() {
    InProcess.Outcome outcome =
        InProcess.run("compare", folder.toString(), folder.resolve("b.jsonl").toString());
    assertEquals(1, outcome.exitCode());
    assertTrue(outcome.err().contains("no model saved by bertctl"), outcome.err());
  }

  private void assertRefused(String message, String... options) {
    InProcess.Outcome outcome = compare(options);
    assertEquals(2, outcome.exitCode());
    assertTrue(outcome.err().contains(message), outcome.err());
  }

  private InProcess.Outcome compare(String... options) {
    String[] arguments = new String[options.length + 3];
    arguments[0] = "compare";
    arguments[1] = folder.resolve("a.jsonl").toString();
    arguments[2] = folder.resolve("b.jsonl").toString();
    System.arraycopy(options, 0, arguments, 3, options.length);
    return InProcess.run(arguments);
  }

  private void predictions(String name, String... labels) throws IOException {
    Files.write(
        folder.resolve(name),
        List.of(labels).stream().map("{\"predicted\": \"%s\"}"::formatted).toList());
  }
}
