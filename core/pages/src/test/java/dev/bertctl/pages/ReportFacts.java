// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.pages;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Facts of reports, made up: what a page needs to be looked at. */
final class ReportFacts {

  private ReportFacts() {}

  /** Keys and values in turn. */
  static Map<String, Object> map(Object... fields) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < fields.length; i += 2) {
      map.put(fields[i].toString(), fields[i + 1]);
    }
    return map;
  }

  static Map<String, Object> part(String text, String label) {
    return label.isEmpty() ? map("text", text) : map("text", text, "label", label);
  }

  /** What every run has, with an evaluation of its own. */
  static Map<String, Object> run(String task, Map<String, Object> evaluation) {
    return map(
        "kind",
        "run",
        "title",
        task + ": minilm-l6",
        "task",
        task,
        "summary",
        "A task for tests.",
        "model",
        "minilm-l6",
        "setup",
        map("device", "cpu", "engine", "TensorFlow 2.16.2", "precision", "float32"),
        "primary",
        evaluation.get("primary"),
        "best",
        map("step", 20, "epoch", 1.5, "evaluated", 2),
        "evaluations",
        List.of(evaluation),
        "curves",
        curves(evaluation.get("primary").toString()),
        "data",
        List.of(split()),
        "timing",
        map(
            "finished",
            "2026-01-02T03:04:05Z",
            "seconds",
            75.2,
            "examples_per_second",
            123.4,
            "peak_memory",
            "1.9 GiB"),
        "configuration",
        "model: minilm-l6\n",
        "settings",
        map("model", "minilm-l6"),
        "versions",
        map("bertctl", "0.1.0", "TensorFlow", "2.16.2"));
  }

  private static Map<String, Object> curves(String primary) {
    return map(
        "training",
        map(
            "step",
            List.of(10, 20, 30),
            "epoch",
            List.of(0.75, 1.5, 2.25),
            "series",
            map(
                "loss",
                List.of(1.1, 0.9, 0.85),
                "learning_rate",
                List.of(5e-5, 3e-5, 0),
                "gradient_norm",
                List.of(1, 2.5, 1.5),
                "examples_per_second",
                List.of(100, 120, 110)),
            "lines_a_point",
            1),
        "validation",
        map(
            "step",
            List.of(20, 30),
            "epoch",
            List.of(1.5, 2.25),
            "series",
            map("loss", List.of(0.95, 0.97), primary, List.of(0.75, 0.7))));
  }

  private static Map<String, Object> split() {
    return map(
        "split",
        "train",
        "file",
        "train.csv",
        "rows",
        1200,
        "examples",
        1190,
        "left_out",
        map("no gold label", 10),
        "not_drawn",
        0,
        "features",
        1190,
        "truncation",
        map("examples_cut", 12, "tokens_lost", 340, "longest", 64, "longest_uncut", 112),
        "labels",
        List.of(
            map("label", "no", "count", 800, "share", 0.67),
            map("label", "yes", "count", 390, "share", 0.33)),
        "lengths",
        map(
            "p50",
            25,
            "p90",
            50,
            "p95",
            60,
            "p99",
            90,
            "max",
            112,
            "cut_share",
            0.01,
            "max_length",
            64,
            "bins",
            List.of(
                map("from", 0, "to", 49, "count", 1000),
                map("from", 50, "to", 99, "count", 180),
                map("from", 100, "to", 149, "count", 10))));
  }

  /** An evaluation with what all have. */
  static Map<String, Object> evaluation(
      String primary, boolean rightOrWrong, List<Map<String, Object>> examples) {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < examples.size(); i++) {
      places.add(i);
    }
    Map<String, Object> evaluation =
        map(
            "split",
            "validation",
            "examples",
            400,
            "primary",
            primary,
            "metrics",
            map(primary, 0.75, "other", null),
            "loss",
            0.95,
            "numbers",
            map(),
            "tables",
            List.of());
    evaluation.put(
        "shown",
        map(
            "interval",
            map("low", 0.7, "high", 0.8, "confidence", 0.95, "resamples", 1000),
            "judged_by",
            primary,
            "right_or_wrong",
            rightOrWrong,
            "worst",
            places,
            "least_sure",
            places,
            "examples",
            examples));
    return evaluation;
  }

  static Map<String, Object> classification() {
    List<Map<String, Object>> examples = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Map<String, Object> example = map("place", "dev.csv:" + (i + 2));
      example.put(
          "passages",
          List.of(
              map("name", "premise", "parts", List.of(part("Premise <b> number " + i, ""))),
              map("name", "hypothesis", "parts", List.of(part("Hypothesis " + i, "")))));
      example.put("gold", "no");
      example.put("predicted", i < 3 ? "yes" : "no");
      example.put("confidence", 0.9 - i / 10.);
      example.put("verdict", i < 3 ? "wrong" : "right");
      examples.add(example);
    }
    Map<String, Object> evaluation = evaluation("accuracy", true, examples);
    evaluation.put("baseline", map("label", "no", "accuracy", 0.5, "never_predicted", List.of()));
    evaluation.put("numbers", map("expected_calibration_error", 0.0456));
    evaluation.put(
        "tables",
        List.of(
            map(
                "name",
                "per_class",
                "columns",
                List.of("precision", "recall", "f1", "support"),
                "rows",
                List.of(
                    map("name", "no", "cells", List.of(0.75, 0.8, 0.7742, 200)),
                    map("name", "yes", "cells", List.of(0.7, 0.65, 0.674, 200))))));
    evaluation.put(
        "confusion",
        map(
            "labels",
            List.of("no", "yes"),
            "rows",
            List.of(
                map("gold", "no", "all", 200, "cells", cells(160, 40, List.of(3), List.of(0, 1))),
                map("gold", "yes", "all", 200, "cells", cells(70, 130, List.of(), List.of())))));
    @SuppressWarnings("unchecked")
    Map<String, Object> shown = (Map<String, Object>) evaluation.get("shown");
    shown.put(
        "calibration",
        List.of(
            map("from", 0.5, "to", 0.6, "count", 100, "confidence", 0.55, "accuracy", 0.5),
            map("from", 0.9, "to", 1.0, "count", 300, "confidence", 0.95, "accuracy", 0.85)));
    shown.put("thresholds", thresholds());
    return run("nli", evaluation);
  }

  /** With more labels than a matrix has room for. */
  static Map<String, Object> manyLabels() {
    Map<String, Object> facts = classification();
    @SuppressWarnings("unchecked")
    Map<String, Object> evaluation = ((List<Map<String, Object>>) facts.get("evaluations")).get(0);
    evaluation.put(
        "confusion",
        map(
            "labels",
            List.of("no", "yes", "and more"),
            "pairs",
            List.of(
                map(
                    "gold",
                    "no",
                    "predicted",
                    "yes",
                    "count",
                    40,
                    "share",
                    0.2,
                    "examples",
                    List.of(0, 1)),
                map(
                    "gold",
                    "yes",
                    "predicted",
                    "no",
                    "count",
                    3,
                    "share",
                    0.1,
                    "examples",
                    List.of()))));
    return facts;
  }

  private static List<Map<String, Object>> cells(
      int first, int second, List<Integer> ofFirst, List<Integer> ofSecond) {
    double all = first + second;
    return List.of(
        map("predicted", "no", "count", first, "share", first / all, "examples", ofFirst),
        map("predicted", "yes", "count", second, "share", second / all, "examples", ofSecond));
  }

  private static List<Map<String, Object>> thresholds() {
    List<Map<String, Object>> points = new ArrayList<>();
    for (int i = 0; i <= 100; i++) {
      Map<String, Object> point = map("threshold", i / 100.);
      if (i < 95) {
        point.put("precision", 0.5 + i / 200.);
      }
      point.put("recall", 1 - i / 100.);
      point.put("f1", 0.6);
      points.add(point);
    }
    return points;
  }

  static Map<String, Object> entities() {
    List<Map<String, Object>> parts = List.of(part("Ann", "PER"), part(" sleeps in Bonn.", ""));
    return run(
        "ner",
        evaluation(
            "f1",
            false,
            List.of(
                map(
                    "place",
                    "dev.conll:7",
                    "passages",
                    List.of(
                        map(
                            "name",
                            "gold",
                            "parts",
                            List.of(
                                part("Ann", "PER"),
                                part(" sleeps in ", ""),
                                part("Bonn", "LOC"),
                                part(".", ""))),
                        map("name", "predicted", "parts", parts)),
                    "gold",
                    "PER Ann, LOC Bonn",
                    "predicted",
                    "PER Ann",
                    "confidence",
                    0.9,
                    "verdict",
                    "wrong",
                    "score",
                    0.6667))));
  }

  static Map<String, Object> answers() {
    Map<String, Object> facts =
        run(
            "qa",
            evaluation(
                "f1",
                true,
                List.of(
                    map(
                        "place",
                        "dev.json: data[0]",
                        "passages",
                        List.of(
                            map("name", "question", "parts", List.of(part("Who sleeps?", ""))),
                            map(
                                "name",
                                "passage",
                                "parts",
                                List.of(
                                    part("Ann", "gold"),
                                    part(" met ", ""),
                                    part("Bob", "answer"),
                                    part(" … (1,234 more characters)", "")))),
                        "gold",
                        "Ann",
                        "predicted",
                        "Bob",
                        "confidence",
                        0.4,
                        "verdict",
                        "wrong"))));
    facts.put(
        "slices",
        map(
            "primary",
            "f1",
            "all",
            slice("all", "all", 40, 0.6),
            "slices",
            List.of(
                slice("length", "33-64 tokens", 9, 0.4), slice("length", "1-16 tokens", 31, 0.7))));
    return facts;
  }

  private static Map<String, Object> slice(String by, String name, int examples, double value) {
    return map(
        "by",
        by,
        "name",
        name,
        "examples",
        examples,
        "metrics",
        map("f1", map("value", value, "interval", List.of(value - 0.1, value + 0.1))));
  }

  static Map<String, Object> regression() {
    Map<String, Object> evaluation =
        evaluation(
            "pearson",
            false,
            List.of(
                map(
                    "place",
                    "dev.tsv:3",
                    "passages",
                    List.of(map("name", "text", "parts", List.of(part("A text.", "")))),
                    "gold",
                    "5.0",
                    "predicted",
                    "1.25",
                    "score",
                    3.75)));
    @SuppressWarnings("unchecked")
    Map<String, Object> shown = (Map<String, Object>) evaluation.get("shown");
    shown.remove("interval");
    shown.put("least_sure", List.of());
    shown.put("judged_by", "mean_absolute_error");
    evaluation.put("metrics", map("pearson", null, "mean_absolute_error", 0.5));
    return run("regression", evaluation);
  }

  /** Two runs. */
  static Map<String, Object> comparison() {
    Map<String, Object> one = classification();
    Map<String, Object> a = new LinkedHashMap<>(one);
    a.put("name", "runs/nli");
    Map<String, Object> b = new LinkedHashMap<>(one);
    b.put("name", "other/nli");
    Map<String, Object> example =
        map(
            "place",
            "dev.csv:2",
            "passages",
            List.of(map("name", "premise", "parts", List.of(part("Go.", "")))),
            "a",
            "no",
            "b",
            "yes");
    return map(
        "kind",
        "comparison",
        "title",
        "nli: runs/nli and other/nli",
        "task",
        "nli",
        "a",
        a,
        "b",
        b,
        "gold",
        "dev.csv",
        "examples",
        400,
        "primary",
        "accuracy",
        "resamples",
        2000,
        "metrics",
        List.of(
            map(
                "name",
                "accuracy",
                "a",
                0.7,
                "a_interval",
                List.of(0.65, 0.75),
                "b",
                0.75,
                "b_interval",
                List.of(0.7, 0.8),
                "difference",
                0.05,
                "difference_interval",
                List.of(0.01, 0.09),
                "test",
                "mcnemar",
                "p",
                0.00001)),
        "differences",
        map(
            "by",
            "accuracy",
            "right_or_wrong",
            true,
            "both_right",
            250,
            "both_wrong",
            80,
            "only_a",
            map("count", 30, "examples", List.of(example)),
            "only_b",
            map("count", 0, "examples", List.of())),
        "settings",
        List.of(map("key", "train.epochs", "a", "1", "b", null)));
  }
}
