// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** What was found, as Markdown for people and as JSON. */
final class Report {

  private static final double MILLI = 1000;

  private final StringBuilder markdown = new StringBuilder();
  private final Map<String, Object> json = new LinkedHashMap<>();
  private final List<String> failures = new ArrayList<>();

  void learned(String target, int texts, long distinct) {
    put("texts " + target, Map.of("texts", texts, "distinct_answers", distinct));
    markdown.append(
        "%s: %,d texts of mixed lengths, %,d different answers.%n%n"
            .formatted(target, texts, distinct));
  }

  void throughput(String target, List<Double> rates, Tally tally) {
    if (!json.containsKey("throughput")) {
      markdown.append(
          "| target | requests/s, median | lowest | highest | refused | wrong | lost |\n");
      markdown.append("| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n");
      put("throughput", new LinkedHashMap<String, Object>());
    }
    List<Double> sorted = rates.stream().sorted().toList();
    markdown.append(
        "| %s | %,.0f | %,.0f | %,.0f | %s |%n"
            .formatted(
                target, median(rates), sorted.get(0), sorted.get(sorted.size() - 1), ends(tally)));
    under("throughput").put(target, Map.of("rates", rates, "ends", counts(tally)));
    require(tally, target);
  }

  void latency(double load, double rate, Histogram latencies, Tally tally) {
    if (!json.containsKey("latency")) {
      markdown.append(
          "\n| load | requests/s | p50 ms | p90 ms | p99 ms | p99.9 ms | max ms | refused | wrong | lost |\n");
      markdown.append("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n");
      put("latency", new LinkedHashMap<String, Object>());
    }
    Map<String, Object> found = new LinkedHashMap<>();
    found.put("rate", rate);
    StringBuilder cells = new StringBuilder();
    for (double percentile : new double[] {50, 90, 99, 99.9, 100}) {
      double milliseconds = latencies.getValueAtPercentile(percentile) / MILLI;
      found.put("p" + percentile, milliseconds);
      cells.append(" %.1f |".formatted(milliseconds));
    }
    found.put("ends", counts(tally));
    under("latency").put("%.0f %%".formatted(load * 100), found);
    markdown.append("| %.0f %% | %,.0f |%s %s |%n".formatted(load * 100, rate, cells, ends(tally)));
    require(tally, "latency at %.0f %%".formatted(load * 100));
  }

  /** Whatever is missing then, it is no success. */
  void endedEarly(String why) {
    put("ended_early", why);
    failures.add("ended early: " + why);
  }

  void soak(long requests, ClosedLoop.Ended ended, Tally tally, Disturbers disturbers) {
    long answered = tally.ended();
    markdown.append(
        "%n%,d of %,d requests among disturbers, %,.0f/s: %,d answered rightly, refused | wrong | lost: %s.%n%n"
            .formatted(
                ended.sent(), requests, ended.rate(), tally.of(Tally.Outcome.RIGHT), ends(tally)));
    markdown.append("| disturbers | times |\n| --- | ---: |\n");
    disturbers
        .counts()
        .forEach((what, count) -> markdown.append("| %s | %,d |%n".formatted(what, count)));
    put(
        "soak",
        Map.of(
            "requests",
            requests,
            "sent",
            ended.sent(),
            "rate",
            ended.rate(),
            "ends",
            counts(tally),
            "disturbers",
            disturbers.counts()));
    if (answered != ended.sent()) {
      failures.add(
          "%,d of the %,d requests that were sent ended".formatted(answered, ended.sent()));
    }
    require(tally, "among disturbers");
    require(disturbers.tally(), "disturbers");
  }

  /**
   * @param requests that were sent
   */
  void memory(List<Memory.Sample> samples, long requests) {
    put("memory", samples);
    MemoryTables tables = new MemoryTables(samples, requests);
    markdown.append(tables.markdown());
    tables.failure().ifPresent(failures::add);
  }

  static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }

  private void require(Tally tally, String what) {
    if (!tally.isClean()) {
      failures.add("%s: %s: %s".formatted(what, counts(tally), tally.firstFailure()));
    }
  }

  private static String ends(Tally tally) {
    return "%,d | %,d | %,d"
        .formatted(
            tally.of(Tally.Outcome.REFUSED),
            tally.of(Tally.Outcome.WRONG),
            tally.of(Tally.Outcome.LOST));
  }

  private static Map<String, Long> counts(Tally tally) {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (Tally.Outcome outcome : Tally.Outcome.values()) {
      counts.put(outcome.name().toLowerCase(Locale.ROOT), tally.of(outcome));
    }
    return counts;
  }

  private void put(String key, Object value) {
    json.put(key, value);
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> under(String key) {
    return (Map<String, Object>) json.get(key);
  }

  /** Whether all checks were passed. */
  boolean isClean() {
    return failures.isEmpty();
  }

  String markdown() {
    StringBuilder whole = new StringBuilder(markdown).append('\n');
    failures.forEach(failure -> whole.append("FAILED: ").append(failure).append('\n'));
    return whole.append(isClean() ? "All checks passed.\n" : "").toString();
  }

  /** Writes report.md and report.json. */
  void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    json.put("failures", failures);
    Files.writeString(folder.resolve("report.md"), markdown());
    new ObjectMapper()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .writeValue(folder.resolve("report.json").toFile(), json);
  }
}
