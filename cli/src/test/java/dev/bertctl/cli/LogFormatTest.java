// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands whose standard error is read by a program. */
class LogFormatTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir private Path folder;

  @Test
  void everyLineOfARunIsAnObject() throws IOException {
    Path data = Files.copy(Path.of("../examples/nli/dev.jsonl"), folder.resolve("data.jsonl"));
    Path config =
        Files.writeString(
            folder.resolve("app.yaml"),
            """
            model: {new: {layers: 1, hidden: 8, heads: 2, vocabulary-size: 300, max-positions: 64}}
            device: cpu
            max-length: 32
            train: {epochs: 2, batch-size: 16}
            data: {train: %s, validation: %s}
            output: %s
            """
                .formatted(data, data, folder.resolve("runs")));
    InProcess.Outcome outcome =
        InProcess.run("run", "nli", "--config=" + config, "--log-format", "json");
    assertEquals(0, outcome.exitCode(), outcome.err());
    List<JsonNode> lines = lines(outcome);
    for (JsonNode line : lines) {
      Instant.parse(line.get("timestamp").asText());
      assertEquals("INFO", line.get("level").asText());
      assertFalse(line.get("message").asText().isEmpty());
    }
    assertEquals("nli", lines.get(0).get("task").asText());
    assertEquals(
        Set.of("begun", "opened", "read", "progress", "evaluated"),
        lines.stream().map(line -> line.get("event").asText()).collect(Collectors.toSet()));
    JsonNode evaluated = of("evaluated", lines).get(1);
    assertEquals(2, evaluated.get("epoch").asInt());
    assertTrue(evaluated.get("metrics").get("accuracy").isNumber());
    JsonNode last = of("progress", lines).get(of("progress", lines).size() - 1);
    assertEquals("evaluating epoch 2", last.get("title").asText());
    assertEquals(last.get("total"), last.get("done"));
    assertEquals("examples", last.get("counted").asText());

    JsonNode refused =
        lines(InProcess.run("run", "nli", "--config=" + config, "--log-format=json")).get(1);
    assertEquals("ERROR", refused.get("level").asText());
    assertEquals("error", refused.get("event").asText());
    assertEquals(1, refused.get("exit_code").asInt());
    assertTrue(refused.get("message").asText().contains("the results of a finished run are here"));
  }

  @Test
  void soIsWrongUsage() {
    JsonNode error = lines(InProcess.run("run", "--log-format=json", "nli")).get(0);
    assertEquals(
        "missing --config=FILE, or --data=FILE to make a configuration of data",
        error.get("message").asText());
    assertEquals(2, error.get("exit_code").asInt());
    JsonNode missing =
        lines(
                InProcess.run(
                    "run", "nli", "--config=none.yaml", "--stacktrace", "--log-format=json"))
            .get(0);
    assertTrue(missing.get("stack_trace").asText().contains("at dev.bertctl."));
  }

  @Test
  void anUnknownFormatIsRefused() {
    InProcess.Outcome outcome = InProcess.run("list-tasks", "--log-format=xml");
    assertEquals(2, outcome.exitCode());
    assertTrue(outcome.err().contains("--log-format"), outcome.err());
  }

  private static List<JsonNode> of(String event, List<JsonNode> lines) {
    return lines.stream().filter(line -> line.get("event").asText().equals(event)).toList();
  }

  private static List<JsonNode> lines(InProcess.Outcome outcome) {
    try (Stream<String> lines = outcome.err().lines()) {
      return lines
          .map(
              line -> {
                try {
                  return MAPPER.readTree(line);
                } catch (IOException e) {
                  throw new UncheckedIOException(line, e);
                }
              })
          .toList();
    }
  }
}
