// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bertctl.core.comparison.Compared;
import dev.bertctl.core.comparison.Comparison;
import dev.bertctl.core.comparison.ComparisonReport;
import dev.bertctl.core.comparison.Gold;
import dev.bertctl.core.data.DataFiles;
import dev.bertctl.core.data.FileSettings;
import dev.bertctl.core.report.ReportComparison;
import dev.bertctl.core.report.ReportFiles;
import dev.bertctl.core.statistics.Resampling;
import dev.bertctl.runtime.UserException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What reports of runs and evaluations say, and that their pages are made of it. */
class RunReportTest {

  @TempDir private Path folder;
  private TinyRun run;

  @BeforeEach
  void data() {
    run =
        new TinyRun(folder, 0)
            .pairs("train", 24, 1)
            .pairs("validation", 12, 2)
            .pairs("test", 10, 3);
  }

  @Test
  void aRunSaysWhatItFound() throws Exception {
    run.run();
    JsonNode report = run.json("report.json");
    JsonNode metrics = run.json("metrics.json");

    assertEquals("run", report.get("kind").asText());
    assertEquals("tiny: " + folder.resolve("tiny-bert"), report.get("title").asText());
    JsonNode validation = report.at("/evaluations/0");
    assertEquals("validation", validation.get("split").asText());
    assertEquals(12, validation.get("examples").asInt());
    assertEquals(metrics.get("metrics"), validation.get("metrics"));
    assertEquals(metrics.get("best_step"), report.at("/best/step"));
    assertEquals("test", report.at("/evaluations/1/split").asText());
    assertEquals(metrics.at("/test/metrics"), report.at("/evaluations/1/metrics"));
    double accuracy = validation.at("/metrics/accuracy").asDouble();
    assertTrue(validation.at("/shown/interval/low").asDouble() <= accuracy, validation::toString);
    assertTrue(validation.at("/shown/interval/high").asDouble() >= accuracy);
    assertEquals(Math.round((1 - accuracy) * 12), validation.at("/shown/worst").size());
    assertEquals(12, validation.at("/shown/least_sure").size());
    assertEquals(101, validation.at("/shown/thresholds").size());
    int inCells = 0;
    for (JsonNode row : validation.at("/confusion/rows")) {
      for (JsonNode cell : row.get("cells")) {
        assertEquals(
            Math.min(10, cell.get("count").asInt()), cell.get("examples").size(), row::toString);
        inCells += cell.get("count").asInt();
      }
    }
    assertEquals(12, inCells);

    assertEquals(18, report.at("/curves/training/step").size());
    assertEquals(3, report.at("/curves/validation/series/accuracy").size());
    assertEquals(24, report.at("/data/0/rows").asInt());
    assertEquals(2, report.at("/data/0/labels").size());
    int counted = 0;
    for (JsonNode bin : report.at("/data/0/lengths/bins")) {
      counted += bin.get("count").asInt();
    }
    assertEquals(24, counted);
    assertEquals(16, report.at("/data/0/lengths/max_length").asInt());
    assertEquals("cpu", report.at("/setup/device").asText());
    assertEquals("float32", report.at("/setup/precision").asText());
    assertEquals(Files.readString(run.file("resolved.yaml")), report.get("configuration").asText());
    assertFalse(Files.exists(run.file(".examples.json")));
  }

  @Test
  void thePageIsMadeAgainOfTheFacts() throws Exception {
    run.run();
    String html = Files.readString(run.file("report.html"));
    assertTrue(html.contains("<h2>Evaluation: validation</h2>"), html);
    assertTrue(html.contains("Worst errors"));
    Files.delete(run.file("report.html"));
    ReportFiles.writeAgain(run.results(), run.file("report.html"));
    assertEquals(html, Files.readString(run.file("report.html")));

    Files.delete(run.file("report.json"));
    assertEquals(
        run.results()
            + ": there is no report.json in it; give the folder of a finished run, or run again if"
            + " an older version of bertctl has made it, or evaluate its model with a report",
        assertThrows(UserException.class, () -> ReportFiles.read(run.results())).getMessage());
  }

  @Test
  void withoutValidationDataThereIsNothingOfIt() throws Exception {
    TinyRun unvalidated =
        new TinyRun(folder, 0).pairs("train", 8, 1).set("output", folder.resolve("unvalidated"));
    unvalidated.run();
    JsonNode report = unvalidated.json("report.json");
    assertEquals(0, report.get("evaluations").size());
    assertFalse(report.get("curves").has("validation"));
    String html = Files.readString(unvalidated.file("report.html"));
    assertTrue(html.contains("saved after the last step"), html);
    assertFalse(html.contains("Worst errors"));
  }

  @Test
  void anEvaluationLeavesOneWhereItIsWanted() throws Exception {
    run.run();
    Path page = folder.resolve("report of test.html");
    ModelEvaluation.Report found = evaluation(page).run();
    JsonNode report = TinyRun.read(folder.resolve("report of test.json")).get(0);
    assertEquals("evaluation", report.get("kind").asText());
    assertEquals(TinyRun.tree(found.result().metrics()), report.at("/evaluations/0/metrics"));
    assertEquals(10, report.at("/data/0/examples").asInt());
    assertFalse(report.has("curves"));
    assertTrue(Files.readString(page).contains("time, loading included"));

    UserException e =
        assertThrows(UserException.class, () -> evaluation(folder.resolve("report.htm")).run());
    assertEquals(
        folder.resolve("report.htm")
            + ": a report's page needs a name that ends with .html, and beside it goes a .json",
        e.getMessage());
  }

  private ModelEvaluation evaluation(Path page) {
    FineTunedModel model = FineTunedModel.open(run.results());
    return new ModelEvaluation(
        model,
        model.configWithData(run.plugin(), List.of()),
        TinyRun.STORE,
        new EvaluationOutputs(Optional.empty(), Optional.empty(), Optional.of(page), List.of()),
        RunListener.SILENT);
  }

  @Test
  void twoRunsSideBySide() throws Exception {
    run.run();
    final Map<String, Object> a = ReportFiles.read(run.results());
    final Compared first = compared("A");
    run.set("output", folder.resolve("other")).set("train.learning-rate", 1e-2).run();
    Map<String, Object> b = ReportFiles.read(run.results());
    ComparisonReport found =
        new Comparison(run.config(), new Resampling(1000, 42), notice -> {})
            .of(first, compared("B"));
    Path page = folder.resolve("compare.html");
    ReportFiles.writeComparison(page, ReportComparison.of(a, b, found));

    JsonNode facts = TinyRun.read(folder.resolve("compare.json")).get(0);
    assertEquals("tiny: A and B", facts.get("title").asText());
    assertEquals(12, facts.get("examples").asInt());
    assertEquals("accuracy", facts.at("/metrics/0/name").asText());
    assertEquals(
        List.of("output", "train.learning-rate"),
        facts.get("settings").valueStream().map(row -> row.get("key").asText()).sorted().toList());
    assertEquals(
        12,
        facts.at("/differences/both_right").asInt()
            + facts.at("/differences/both_wrong").asInt()
            + facts.at("/differences/only_a/count").asInt()
            + facts.at("/differences/only_b/count").asInt());
    assertEquals(18, facts.at("/b/curves/training/step").size());
    String html = Files.readString(page);
    assertTrue(html.contains("<h2>Where they differ</h2>"), html);
    assertTrue(html.contains("<code>train.learning-rate</code>"), html);
  }

  private Compared compared(String name) {
    return new Compared(
        name,
        DataFiles.openPredictions(
            run.file("predictions.jsonl"),
            Optional.empty(),
            Optional.empty(),
            FileSettings.DEFAULT),
        Gold.validationOf(run.config()));
  }
}
