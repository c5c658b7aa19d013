// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.explain;

import dev.bertctl.runtime.explain.Attribution;
import dev.bertctl.runtime.explain.Completeness;
import dev.bertctl.runtime.explain.ExplainableOutput;
import dev.bertctl.runtime.explain.Explanation;
import dev.bertctl.runtime.explain.ExplanationMethod;
import dev.bertctl.runtime.explain.Faithfulness;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Explanations as plain values. */
final class ExplanationFields {

  private static final String METHOD = "method";
  private static final String SCORE = "score";

  private final ExplanationReport report;

  ExplanationFields(ExplanationReport report) {
    this.report = report;
  }

  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("model", report.model());
    fields.put("task", report.task());
    fields.put("kind", report.kind().name().toLowerCase(Locale.ROOT));
    fields.put("methods", report.methods().stream().map(ExplanationMethod::toString).toList());
    fields.put("steps", report.options().steps());
    fields.put("rows", report.rows().stream().map(this::row).toList());
    if (!report.faithfulness().isEmpty()) {
      fields.put("faithfulness", faithfulness());
    }
    return fields;
  }

  private Map<String, Object> row(ExplainedRow row) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("row", row.place());
    fields.put("prediction", row.prediction());
    fields.put("summary", PredictionSummary.of(row.prediction()));
    row.marked()
        .ifPresent(
            text ->
                fields.put(
                    "marked",
                    text.parts().stream()
                        .map(part -> Map.of("text", part.text(), "label", part.label()))
                        .toList()));
    fields.put("explanations", row.explanations().stream().map(this::explanation).toList());
    return fields;
  }

  private Map<String, Object> explanation(ShownExplanation shown) {
    Explanation explanation = shown.explanation();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("explained", explanation.explained().name());
    if (explanation.explained().word().isPresent()) {
      fields.put("word", shown.place());
    }
    fields.put(SCORE, explanation.score());
    if (report.kind() != ExplainableOutput.Kind.NUMBERS) {
      fields.put("probability", explanation.probability());
    }
    fields.put("baseline_score", explanation.baselineScore());
    fields.put(
        "methods", shown.by(report.methods()).stream().map(one -> method(shown, one)).toList());
    return fields;
  }

  private static Map<String, Object> method(ShownExplanation shown, Attribution attribution) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put(METHOD, attribution.method().toString());
    attribution.completeness().ifPresent(sum -> fields.put("completeness", completeness(sum)));
    if (!attribution.tokens().isEmpty()) {
      fields.put("special_tokens", special(shown, attribution));
    }
    double strongest = attribution.words().stream().mapToDouble(Math::abs).max().orElse(0);
    List<Object> texts = new ArrayList<>();
    int index = 0;
    for (ExplainedText text : shown.texts()) {
      List<Object> words = new ArrayList<>();
      for (ShownWord word : text.words()) {
        double score = attribution.words().get(index++);
        double strength = strongest == 0 ? 0 : score / strongest;
        words.add(word(text, word, score, strength, attribution.tokens()));
      }
      texts.add(Map.of("words", words, "after", text.after()));
    }
    fields.put("texts", texts);
    return fields;
  }

  private static Map<String, Object> completeness(Completeness completeness) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("sum", completeness.sum());
    fields.put("difference", completeness.difference());
    fields.put("error", completeness.error());
    if (Double.isFinite(completeness.relativeError())) {
      fields.put("relative_error", completeness.relativeError());
    }
    return fields;
  }

  private static List<Map<String, Object>> special(
      ShownExplanation shown, Attribution attribution) {
    List<Map<String, Object>> tokens = new ArrayList<>();
    for (int position : shown.explanation().special()) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("token", shown.special().get(tokens.size()));
      fields.put("position", position);
      fields.put(SCORE, attribution.tokens().get(position));
      tokens.add(fields);
    }
    return tokens;
  }

  private static Map<String, Object> word(
      ExplainedText text, ShownWord word, double score, double strength, List<Double> tokens) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("word", word.text());
    fields.put("before", word.before());
    fields.put(SCORE, score);
    fields.put("strength", strength);
    List<Map<String, Object>> pieces = new ArrayList<>();
    for (int i = 0; i < word.word().pieces().size(); i++) {
      Map<String, Object> piece = new LinkedHashMap<>();
      piece.put("piece", word.word().pieces().get(i));
      text.characters(word.word().starts().get(i)).ifPresent(at -> piece.put("start", at));
      text.characters(word.word().ends().get(i)).ifPresent(at -> piece.put("end", at));
      if (!tokens.isEmpty()) {
        piece.put(SCORE, tokens.get(word.word().position() + i));
      }
      pieces.add(piece);
    }
    fields.put("pieces", pieces);
    return fields;
  }

  private Map<String, Object> faithfulness() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("explanations", report.faithfulness().get(0).explanations());
    fields.put("seed", report.seed());
    fields.put("shares", Faithfulness.SHARES);
    List<Map<String, Object>> methods = new ArrayList<>();
    for (Faithfulness.Means means : report.faithfulness()) {
      Map<String, Object> each = new LinkedHashMap<>();
      each.put(METHOD, means.method().map(Object::toString).orElse("random order"));
      each.put("comprehensiveness", means.comprehensiveness());
      each.put("sufficiency", means.sufficiency());
      methods.add(each);
    }
    fields.put("methods", methods);
    return fields;
  }
}
