// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports of two small runs on the command line. */
class ReportCommandTest {

  private static final Path EXAMPLES = Path.of("../examples/nli");
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir static Path folder;
  private static Path a;
  private static Path b;

  @BeforeAll
  static void twoRuns() throws IOException {
    for (String split : new String[] {"train", "dev"}) {
      try (Stream<String> rows = Files.lines(EXAMPLES.resolve(split + ".jsonl"))) {
        Files.write(folder.resolve(split + ".jsonl"), (Iterable<String>) rows.limit(24)::iterator);
      }
    }
    Files.writeString(
        folder.resolve("app.yaml"),
        """
        model:
          new: {layers: 1, hidden: 16, heads: 2, intermediate: 32, vocabulary-size: 200, max-positions: 64}
        device: cpu
        max-length: 32
        data: {train: train.jsonl, validation: dev.jsonl}
        train: {epochs: 2, batch-size: 8, log-every: 1}
        """);
    a = run("a", "1e-3");
    b = run("b", "1e-2");
  }

  private static Path run(String name, String rate) {
    InProcess.Outcome outcome =
        InProcess.run(
            "run",
            "nli",
            "--config=" + folder.resolve("app.yaml"),
            "--output=" + folder.resolve(name),
            "--set=train.learning-rate=" + rate);
    assertEquals(0, outcome.exitCode(), outcome.err());
    return folder.resolve(name).resolve("nli");
  }

  private static InProcess.Outcome report(Object... arguments) {
    return InProcess.run(
        Stream.concat(Stream.of("report"), Stream.of(arguments).map(Object::toString))
            .toArray(String[]::new));
  }

  @Test
  void thePageOfARunIsMadeAgain() throws IOException {
    Path page = a.resolve("report.html");
    String html = Files.readString(page);
    Files.delete(page);
    InProcess.Outcome outcome = report(a);
    assertEquals(page + System.lineSeparator(), outcome.out(), outcome.err());
    assertEquals(html, Files.readString(page));

    Path elsewhere = folder.resolve("elsewhere.html");
    assertEquals(0, report(a, "--output", elsewhere).exitCode());
    assertEquals(html, Files.readString(elsewhere));
  }

  @Test
  void programsReadTheFacts() throws IOException {
    assertEquals(
        MAPPER.readTree(a.resolve("report.json").toFile()),
        MAPPER.readTree(report(a, "--json").out()));
    JsonNode both = MAPPER.readTree(report(a, b, "--json").out());
    assertEquals(a.toString(), both.at("/a/name").asText());
    assertEquals(24, both.get("examples").asInt());
  }

  @Test
  void twoRunsNeedAPlace() throws IOException {
    InProcess.Outcome outcome = report(a, b);
    assertEquals(2, outcome.exitCode());
    assertTrue(
        outcome.err().contains("a report of two runs needs --output FILE, such as compare.html"),
        outcome.err());

    Path page = folder.resolve("compare.html");
    InProcess.Outcome made = report(a, b, "--output", page);
    assertEquals(page + System.lineSeparator(), made.out(), made.err());
    assertTrue(Files.readString(page).contains("Settings that differ"));
    JsonNode facts = MAPPER.readTree(folder.resolve("compare.json").toFile());
    assertEquals(
        "[\"output\",\"train.learning-rate\"]",
        MAPPER
            .valueToTree(facts.get("settings").findValuesAsText("key").stream().sorted().toList())
            .toString());
  }

  @Test
  void whatCannotBeIsRefused() throws IOException {
    InProcess.Outcome none = report(folder);
    assertEquals(1, none.exitCode());
    assertTrue(
        none.err()
            .contains(
                folder
                    + ": there is no report.json in it; give the folder of a finished run, or run"
                    + " again if an older version of bertctl has made it, or evaluate its model"
                    + " with a report"),
        none.err());
    InProcess.Outcome other = report(a, "--output", folder.resolve("page.pdf"));
    assertEquals(1, other.exitCode());
    assertTrue(
        other
            .err()
            .contains(
                folder.resolve("page.pdf")
                    + ": a report's page needs a name that ends with .html, and beside it goes a"
                    + " .json"),
        other.err());
    InProcess.Outcome both = report(a, "--json", "--output", folder.resolve("page.html"));
    assertEquals(2, both.exitCode());
    assertTrue(both.err().contains("--json writes no file; leave out it or --output"), both.err());
    assertFalse(Files.exists(folder.resolve("page.html")));
  }

  @Test
  void anEvaluationLeavesOne() throws IOException {
    Path page = folder.resolve("evaluated.html");
    InProcess.Outcome outcome =
        InProcess.run(
            "evaluate",
            a.toString(),
            "--data=" + folder.resolve("dev.jsonl"),
            "--report=" + page,
            "--json");
    assertEquals(0, outcome.exitCode(), outcome.err());
    JsonNode facts = MAPPER.readTree(folder.resolve("evaluated.json").toFile());
    assertEquals(MAPPER.readTree(outcome.out()).get("metrics"), facts.at("/evaluations/0/metrics"));
    assertTrue(Files.readString(page).contains("<h2>Evaluation: dev.jsonl</h2>"));
  }
}
