// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * What runs found that differ in their seed only.
 *
 * @param runs the runs, one at least, in their order
 */
public record SeedsResult(List<Run> runs) {

  /** Copies the list. */
  public SeedsResult {
    runs = List.copyOf(runs);
  }

  /**
   * The run with one seed.
   *
   * @param seed its seed
   * @param folder where its results are
   * @param result what it found
   */
  public record Run(long seed, Path folder, RunResult result) {

    /**
     * Whether its model gives all validation examples the same label, of more than one that they
     * have; false where there are no labels to tell by.
     */
    public boolean collapsed() {
      return result
          .best()
          .flatMap(best -> ConfusionFacts.of(best.details()))
          .map(ConfusionFacts::isConstant)
          .orElse(false);
    }

    private Map<String, Object> fields() {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("seed", seed);
      fields.put("best_step", result.bestStep());
      fields.put("best_epoch", EvaluatedStep.number(result.bestEpoch()));
      result
          .best()
          .ifPresent(
              best -> {
                fields.put("loss", best.loss());
                fields.put("metrics", best.metrics());
              });
      result
          .test()
          .ifPresent(
              test -> fields.put("test", Map.of("loss", test.loss(), "metrics", test.metrics())));
      fields.put("collapsed", collapsed());
      fields.put("folder", folder.toString());
      return fields;
    }
  }

  /** The runs that did not collapse. */
  public List<Run> sound() {
    return runs.stream().filter(run -> !run.collapsed()).toList();
  }

  /** What was found on the validation split, by run; empty without one. */
  public static Optional<EvaluationResult> validation(Run run) {
    return run.result().best();
  }

  /** What was found on the test split, by run; empty without one. */
  public static Optional<EvaluationResult> test(Run run) {
    return run.result().test();
  }

  /**
   * The share of the most frequent label in the validation split: the accuracy of who always says
   * that. Empty where there are no labels to tell by.
   */
  public OptionalDouble majorityShare() {
    Optional<ConfusionFacts> facts =
        runs.get(0).result().best().flatMap(best -> ConfusionFacts.of(best.details()));
    return facts.isPresent()
        ? OptionalDouble.of(facts.get().majorityShare())
        : OptionalDouble.empty();
  }

  /**
   * How each metric is spread over runs.
   *
   * @param among the runs that count
   * @param split {@link #validation} or {@link #test}
   * @return a spread by metric; none where no run was evaluated on the split
   */
  public static Map<String, Spread> spreads(
      List<Run> among, Function<Run, Optional<EvaluationResult>> split) {
    List<Map<String, Double>> metrics =
        among.stream()
            .flatMap(run -> split.apply(run).stream())
            .map(EvaluationResult::metrics)
            .toList();
    Map<String, Spread> spreads = new LinkedHashMap<>();
    metrics.stream()
        .flatMap(values -> values.keySet().stream())
        .distinct()
        .forEach(
            name ->
                spreads.put(
                    name,
                    Spread.of(
                        metrics.stream()
                            .filter(values -> values.containsKey(name))
                            .map(values -> values.get(name))
                            .toList())));
    return spreads;
  }

  /** As seeds.json has it. */
  public Map<String, Object> fields() {
    RunResult first = runs.get(0).result();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("task", first.task());
    fields.put("model", first.model());
    fields.put("primary", first.primary());
    fields.put("seeds", runs.stream().map(Run::fields).toList());
    fields.put("collapsed", runs.size() - sound().size());
    majorityShare().ifPresent(share -> fields.put("majority_share", share));
    fields.put("all", spreadFields(runs));
    if (sound().size() < runs.size() && !sound().isEmpty()) {
      fields.put("without_collapsed", spreadFields(sound()));
    }
    return fields;
  }

  private static Map<String, Object> spreadFields(List<Run> among) {
    Map<String, Object> fields = new LinkedHashMap<>();
    put("validation", spreads(among, SeedsResult::validation), fields);
    put("test", spreads(among, SeedsResult::test), fields);
    return fields;
  }

  private static void put(String split, Map<String, Spread> spreads, Map<String, Object> fields) {
    if (!spreads.isEmpty()) {
      Map<String, Object> byMetric = new LinkedHashMap<>();
      spreads.forEach((name, spread) -> byMetric.put(name, spread.fields()));
      fields.put(split, byMetric);
    }
  }
}
