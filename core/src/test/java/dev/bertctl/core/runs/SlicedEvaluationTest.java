// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bertctl.core.config.Assignments;
import dev.bertctl.core.slices.SliceBy;
import dev.bertctl.core.slices.SliceReport;
import dev.bertctl.core.slices.SliceReport.Measured;
import dev.bertctl.core.slices.SliceReport.Slice;
import dev.bertctl.runtime.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An evaluation that also scores parts of the data. */
class SlicedEvaluationTest {

  @TempDir static Path folder;

  private static TinyRun run;

  @BeforeAll
  static void train() {
    run = new TinyRun(folder, 0).pairs("train", 16, 1).pairs("validation", 24, 2);
    run.run();
  }

  private static ModelEvaluation.Report evaluated(String... slices) {
    FineTunedModel saved = FineTunedModel.open(run.results());
    return new ModelEvaluation(
            saved,
            saved.config(
                run.plugin(),
                List.of(Assignments.parse("data.test=" + folder.resolve("validation.csv")))),
            TinyRun.STORE,
            new EvaluationOutputs(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Stream.of(slices).map(SliceBy::of).toList()),
            RunListener.SILENT)
        .run();
  }

  @Test
  void slicesOfALabelAddUpToTheWhole() {
    ModelEvaluation.Report report = evaluated("label", "length");
    SliceReport sliced = report.slices().orElseThrow();
    double whole = report.result().metrics().get("accuracy");
    assertEquals(whole, sliced.all().values().get("accuracy").value(), 1e-12);
    for (String by : List.of("label", "length")) {
      List<Slice> own = sliced.slices().stream().filter(each -> each.by().equals(by)).toList();
      double right = 0;
      int examples = 0;
      for (Slice slice : own) {
        Measured accuracy = slice.values().get("accuracy");
        assertTrue(accuracy.interval().low() <= accuracy.value(), slice.toString());
        assertTrue(accuracy.interval().high() >= accuracy.value(), slice.toString());
        right += accuracy.value() * slice.examples();
        examples += slice.examples();
      }
      assertEquals(24, examples, by);
      assertEquals(whole * 24, right, 1e-9, by);
    }
    assertEquals(
        sliced.slices().stream()
            .map(each -> each.values().get("accuracy").value())
            .sorted()
            .toList(),
        sliced.slices().stream().map(each -> each.values().get("accuracy").value()).toList());
  }

  @Test
  void aReportShowsThem() throws IOException {
    Path page = folder.resolve("sliced.html");
    FineTunedModel saved = FineTunedModel.open(run.results());
    new ModelEvaluation(
            saved,
            saved.config(
                run.plugin(),
                List.of(Assignments.parse("data.test=" + folder.resolve("validation.csv")))),
            TinyRun.STORE,
            new EvaluationOutputs(
                Optional.empty(),
                Optional.empty(),
                Optional.of(page),
                List.of(SliceBy.of("label"))),
            RunListener.SILENT)
        .run();
    JsonNode slices = TinyRun.read(folder.resolve("sliced.json")).get(0).get("slices");
    assertEquals(2, slices.get("slices").size());
    String html = Files.readString(page);
    assertTrue(html.contains("<td>label</td><th scope=\"row\">yes</th>"), html);
    assertTrue(
        html.contains("<td>all</td><th scope=\"row\">all</th><td class=\"number\">24</td>"), html);
  }

  @Test
  void ofNoSlicesNothingIsSaid() {
    assertEquals(Optional.empty(), evaluated().slices());
  }

  @Test
  void aColumnThatIsNotThereIsRefusedBeforeTheModelRuns() {
    assertEquals(
        "no slices by column 'genre': the data have first, second, label",
        assertThrows(UserException.class, () -> evaluated("column=genre")).getMessage());
  }
}
