// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.pages;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Explanations that nobody computed, as the command gives them. */
final class ExplanationFacts {

  static final List<String> METHODS =
      List.of("integrated-gradients", "gradient-x-input", "attention-rollout", "leave-one-out");

  private static final List<Double> SCORES = List.of(1.2, -0.4, 0.02, 0.6, -0.9, 0.3);

  private ExplanationFacts() {}

  /** Two rows, one of which has nothing to explain. */
  static Map<String, Object> of(List<String> methods) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("model", "runs/nli");
    facts.put("task", "nli");
    facts.put("kind", "classes");
    facts.put("methods", methods);
    facts.put("steps", 50);
    facts.put("rows", List.of(row(methods), empty()));
    facts.put(
        "faithfulness",
        Map.of(
            "explanations",
            1,
            "seed",
            42,
            "shares",
            List.of(0.1, 0.2, 0.5),
            "methods",
            Stream.concat(METHODS.stream(), Stream.of("random order"))
                .map(ExplanationFacts::faithful)
                .toList()));
    return facts;
  }

  private static Map<String, Object> faithful(String method) {
    return Map.of(
        "method",
        method,
        "comprehensiveness",
        List.of(0.31, 0.42, 0.6),
        "sufficiency",
        List.of(0.2, 0.1, -0.05));
  }

  private static Map<String, Object> empty() {
    return Map.of(
        "row",
        "pairs.jsonl:2",
        "prediction",
        Map.of(),
        "summary",
        List.of(),
        "marked",
        List.of(Map.of("text", "It rains in ", "label", ""), Map.of("text", "Rom", "label", "LOC")),
        "explanations",
        List.of());
  }

  private static Map<String, Object> row(List<String> methods) {
    Map<String, Object> explanation = new LinkedHashMap<>();
    explanation.put("explained", "contradiction");
    explanation.put("word", "<Paris>");
    explanation.put("score", 2.018);
    explanation.put("probability", 0.909);
    explanation.put("baseline_score", -1.096);
    explanation.put("methods", methods.stream().map(ExplanationFacts::method).toList());
    return Map.of(
        "row",
        "pairs.jsonl:1",
        "prediction",
        Map.of("predicted", "contradiction"),
        "summary",
        List.of(Map.of("name", "predicted", "value", "contradiction")),
        "explanations",
        List.of(explanation));
  }

  private static Map<String, Object> method(String method) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("method", method);
    if (method.equals("integrated-gradients")) {
      fields.put(
          "completeness",
          Map.of("sum", 3.118, "difference", 3.114, "error", 0.004, "relative_error", 0.0013));
    }
    if (!method.equals("leave-one-out")) {
      fields.put(
          "special_tokens",
          List.of(
              Map.of("token", "[CLS]", "position", 0, "score", 0.0),
              Map.of("token", "[SEP]", "position", 8, "score", 0.25)));
    }
    fields.put(
        "texts",
        List.of(
            text("A man is playing guitar", ".", method), text("Nobody makes music", "", method)));
    return fields;
  }

  private static Map<String, Object> text(String text, String after, String method) {
    List<Object> words = new ArrayList<>();
    for (String word : text.split(" ")) {
      double score = SCORES.get((words.size() + text.length()) % SCORES.size());
      Map<String, Object> piece = new LinkedHashMap<>();
      piece.put("piece", word);
      piece.put("start", 0);
      piece.put("end", word.length());
      if (!method.equals("leave-one-out")) {
        piece.put("score", score);
      }
      words.add(
          Map.of(
              "word",
              word,
              "before",
              words.isEmpty() ? "" : " ",
              "score",
              score,
              "strength",
              score / 1.2,
              "pieces",
              List.of(piece)));
    }
    return Map.of("words", words, "after", after);
  }
}
