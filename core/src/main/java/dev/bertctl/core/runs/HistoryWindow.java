// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bertctl.runtime.json.JsonFields;
import dev.bertctl.runtime.training.StepReport;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The steps since the last line of the history; they may lie in two epochs, and in a run and its
 * resumption.
 */
final class HistoryWindow {

  private final Map<String, Double> lossSums = new LinkedHashMap<>();
  private double lossSum;
  private long steps;
  private long features;
  private double seconds;
  private long since;

  static HistoryWindow read(JsonFields state) {
    HistoryWindow window = new HistoryWindow();
    window.steps = state.count("steps");
    window.features = state.count("features");
    window.seconds = state.number("seconds");
    window.lossSum = state.number("loss_sum");
    window.lossSums.putAll(state.object("loss_sums").numbersByKey());
    return window;
  }

  void addTo(ObjectNode state) {
    state.put("steps", steps);
    state.put("features", features);
    state.put("seconds", seconds);
    state.put("loss_sum", lossSum);
    lossSums.forEach(state.putObject("loss_sums")::put);
  }

  /** A step that was skipped has no loss that counts, and may have none that is a number. */
  void add(StepReport report) {
    features += report.features();
    if (report.trained().skipped()) {
      return;
    }
    lossSum += report.trained().loss();
    report.trained().losses().forEach((name, loss) -> lossSums.merge(name, loss, Double::sum));
    steps++;
  }

  void addTo(Map<String, Object> fields) {
    fields.put("loss", loss());
    if (lossSums.size() > 1) {
      Map<String, Object> means = new LinkedHashMap<>();
      lossSums.forEach((name, sum) -> means.put(name, sum / steps));
      fields.put("losses", means);
    }
  }

  double loss() {
    return lossSum / steps;
  }

  boolean isEmpty() {
    return steps == 0;
  }

  void startClock() {
    since = System.nanoTime();
  }

  void stopClock() {
    seconds += (System.nanoTime() - since) / 1e9;
    since = System.nanoTime();
  }

  double speed() {
    stopClock();
    return features / seconds;
  }

  void clear() {
    lossSum = 0;
    lossSums.clear();
    steps = 0;
    features = 0;
    seconds = 0;
  }
}
