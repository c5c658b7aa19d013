// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.runtime.memory.ByteCount;
import dev.bertctl.runtime.memory.PeakMemory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** What reports of runs and of evaluations have in common. */
final class ReportFacts {

  private ReportFacts() {}

  /**
   * Begins a report.
   *
   * @param kind {@code run} or {@code evaluation}
   * @param model the model as the user named it
   * @param opening what the job began with
   */
  static Map<String, Object> of(String kind, String model, Opening opening) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("kind", kind);
    facts.put("title", "%s: %s".formatted(opening.task(), model));
    facts.put("task", opening.task());
    facts.put("summary", opening.summary());
    facts.put("model", model);
    facts.put("setup", setup(opening));
    return facts;
  }

  private static Map<String, Object> setup(Opening opening) {
    Map<String, Object> setup = new LinkedHashMap<>();
    setup.put("device", opening.device().toString());
    setup.put(
        "engine",
        opening
            .engine()
            .map(choice -> choice.engine() + " " + choice.version())
            .orElseGet(() -> "TensorFlow " + Versions.used().get("TensorFlow")));
    opening
        .training()
        .ifPresent(training -> setup.put("precision", training.spec().precision().toString()));
    setup.put(
        "architecture",
        "%d layers, hidden size %d, %d heads"
            .formatted(
                opening.architecture().layers(),
                opening.architecture().hiddenSize(),
                opening.architecture().heads()));
    setup.put(
        "parameters",
        "encoder %,d, pooler and head %,d"
            .formatted(opening.encoderParameters(), opening.headParameters()));
    opening
        .training()
        .ifPresent(
            training -> {
              setup.put("training", RunText.text(training));
              setup.put("memory by estimate", training.memory().toString());
            });
    return setup;
  }

  /** Ends a report with what was read, and how it was made. */
  static void finish(
      Map<String, Object> facts,
      List<SplitSummary> data,
      TaskConfig<?> config,
      Map<String, Object> timing) {
    int maxLength = config.settings().maxLength();
    facts.put("data", data.stream().map(split -> DataFacts.of(split, maxLength)).toList());
    OptionalLong peak = PeakMemory.bytes();
    if (peak.isPresent()) {
      timing.put("peak_memory_bytes", peak.getAsLong());
      timing.put("peak_memory", new ByteCount(peak.getAsLong()).toString());
    }
    facts.put("timing", timing);
    facts.put("configuration", config.toYaml());
    facts.put("settings", config.values());
    facts.put("versions", Versions.used());
  }
}
