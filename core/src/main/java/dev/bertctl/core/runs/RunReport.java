// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.bertctl.core.config.SplitName;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.report.Curves;
import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.json.JsonFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The report of a finished run.
 *
 * @param opening what the run began with
 * @param config its configuration
 * @param data what the splits hold
 * @param result what was found
 * @param test the examples of the test split that are shown, if there is one
 * @param trained how long it took, evaluations included
 */
record RunReport(
    Opening opening,
    TaskConfig<?> config,
    List<SplitSummary> data,
    RunResult result,
    Optional<Map<String, Object>> test,
    Duration trained) {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** A score that is not defined stands in the history as NaN, which Python reads. */
  private static final ObjectReader HISTORY =
      MAPPER.readerFor(JsonNode.class).with(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS);

  /**
   * The facts, as plain values.
   *
   * @param folder of the results, with the history and the examples of the best evaluation
   */
  Map<String, Object> facts(Path folder) {
    Map<String, Object> facts = ReportFacts.of("run", result.model(), opening);
    facts.put("primary", result.primary());
    Map<String, Object> best = new LinkedHashMap<>();
    best.put("step", result.bestStep());
    best.put("epoch", EvaluatedStep.number(result.bestEpoch()));
    best.put("evaluated", result.evaluations().size());
    facts.put("best", best);
    facts.put("evaluations", evaluations(folder));
    List<JsonNode> history = history(folder.resolve(RunFolder.HISTORY));
    facts.put("curves", Curves.of(history));
    Map<String, Object> timing = new LinkedHashMap<>();
    timing.put("finished", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    timing.put("seconds", trained.toMillis() / 1000.);
    history.stream()
        .filter(line -> line.has("examples_per_second"))
        .mapToDouble(line -> line.path("examples_per_second").asDouble())
        .average()
        .ifPresent(speed -> timing.put("examples_per_second", speed));
    ReportFacts.finish(facts, data, config, timing);
    return facts;
  }

  private List<Map<String, Object>> evaluations(Path folder) {
    List<Map<String, Object>> evaluations = new ArrayList<>();
    result
        .best()
        .ifPresent(
            found ->
                evaluations.add(
                    EvaluationFacts.of(
                        SplitName.VALIDATION.toString(),
                        result.primary(),
                        found,
                        MAPPER.convertValue(
                            JsonFile.read(folder.resolve(RunFolder.EXAMPLES)),
                            new TypeReference<Map<String, Object>>() {}))));
    result
        .test()
        .ifPresent(
            found ->
                evaluations.add(
                    EvaluationFacts.of(
                        SplitName.TEST.toString(), result.primary(), found, test.orElseThrow())));
    return evaluations;
  }

  private static List<JsonNode> history(Path file) {
    try (var lines = HISTORY.<JsonNode>readValues(file.toFile())) {
      return lines.readAll();
    } catch (IOException e) {
      throw FileException.reading(file, e);
    }
  }
}
