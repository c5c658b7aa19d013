// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.core.config.TaskConfig;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The report of an evaluation of a saved model. */
final class EvaluationReport {

  private EvaluationReport() {}

  /**
   * The facts, as plain values.
   *
   * @param report what was found
   * @param config the task's configuration
   * @param opening what the evaluation began with
   * @param shown what {@link dev.bertctl.core.report.ExampleCollector#facts} gave
   * @param took how long it took
   */
  static Map<String, Object> facts(
      ModelEvaluation.Report report,
      TaskConfig<?> config,
      Opening opening,
      Map<String, Object> shown,
      Duration took) {
    Map<String, Object> facts = ReportFacts.of("evaluation", report.model().toString(), opening);
    facts.put("primary", report.primary());
    facts.put(
        "evaluations",
        List.of(EvaluationFacts.of(name(report.data()), report.primary(), report.result(), shown)));
    report.slices().ifPresent(slices -> facts.put("slices", slices.fields()));
    Map<String, Object> timing = new LinkedHashMap<>();
    timing.put("finished", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    timing.put("seconds", took.toMillis() / 1000.);
    ReportFacts.finish(facts, List.of(report.data()), config, timing);
    return facts;
  }

  private static String name(SplitSummary split) {
    String file = split.file().toString();
    return file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
  }
}
