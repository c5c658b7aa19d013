// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.explain.ExplainedRow;
import dev.bertctl.core.explain.ExplainedText;
import dev.bertctl.core.explain.ExplanationReport;
import dev.bertctl.core.explain.ShownExplanation;
import dev.bertctl.runtime.explain.Attribution;
import dev.bertctl.runtime.explain.Completeness;
import dev.bertctl.runtime.explain.ExplainableOutput;
import dev.bertctl.runtime.explain.Explanation;
import dev.bertctl.runtime.explain.ExplanationMethod;
import dev.bertctl.runtime.explain.ExplanationOptions;
import dev.bertctl.runtime.explain.Faithfulness;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Explanations as text: words in colour where a person looks at a terminal, with their scores
 * behind them elsewhere.
 */
final class ExplanationView {

  private final PredictionView predictions;
  private final Set<ExplanationMethod> methods;
  private final boolean coloured;

  ExplanationView(PredictionView predictions, Set<ExplanationMethod> methods, boolean coloured) {
    this.predictions = predictions;
    this.methods = methods;
    this.coloured = coloured;
  }

  /**
   * How a task's explanations are shown.
   *
   * @param terminal whether a person looks at it
   */
  static <O> ExplanationView of(
      TaskConfig<O> config, ExplanationOptions options, boolean terminal) {
    boolean coloured = terminal && System.getenv("NO_COLOR") == null;
    return new ExplanationView(
        new PredictionView(
            config.plugin().columns(config.options()),
            config.settings().data().columns(),
            coloured),
        options.methods(),
        coloured);
  }

  /** The lines of a row, with an empty one behind them. */
  String of(ExplainedRow row) {
    List<String> lines = new ArrayList<>();
    lines.add(row.place());
    lines.add(predictions.of(row.row(), row.marked()).stripTrailing());
    if (row.explanations().isEmpty()) {
      lines.add("  (no word has a tag to explain)");
    }
    for (ShownExplanation shown : row.explanations()) {
      lines.add("");
      lines.add("  " + heading(shown));
      shown.by(methods).forEach(one -> lines.addAll(lines(shown, one)));
    }
    return String.join("\n", lines) + "\n\n";
  }

  private static String heading(ShownExplanation shown) {
    Explanation explanation = shown.explanation();
    String name = name(explanation.explained().name(), shown.place(), explanation.kind());
    return Double.isNaN(explanation.probability())
        ? String.format(
            Locale.ROOT,
            "%s: %.3f; with all words masked %.3f",
            name,
            explanation.score(),
            explanation.baselineScore())
        : String.format(
            Locale.ROOT,
            "%s: logit %.3f, probability %.3f; logit with all words masked %.3f",
            name,
            explanation.score(),
            explanation.probability(),
            explanation.baselineScore());
  }

  private static String name(String explained, String place, ExplainableOutput.Kind kind) {
    return switch (kind) {
      case CHOICES -> "choice " + explained;
      case SPANS -> "%s of the answer, at '%s'".formatted(explained, place);
      case TAGS -> "%s of '%s'".formatted(explained, place);
      case CLASSES, LABELS, NUMBERS -> explained;
    };
  }

  private List<String> lines(ShownExplanation shown, Attribution attribution) {
    List<String> lines = new ArrayList<>();
    lines.add("  " + attribution.method() + note(attribution));
    List<Double> scores = attribution.words();
    ScoredText scored = new ScoredText(scores, coloured);
    int first = 0;
    for (ExplainedText text : shown.texts()) {
      List<Double> own = scores.subList(first, first + text.words().size());
      if (!own.isEmpty()) {
        lines.add("    " + scored.text(text, own));
      }
      first += own.size();
    }
    if (coloured) {
      lines.add("    " + scored.strongestWords(shown));
    }
    if (!attribution.tokens().isEmpty()) {
      double special =
          shown.explanation().special().stream().mapToDouble(attribution.tokens()::get).sum();
      lines.add(
          "    special tokens (%s) %s"
              .formatted(String.join(" ", shown.special()), ScoredText.signed(special)));
    }
    return lines;
  }

  private static String note(Attribution attribution) {
    if (attribution.method() == ExplanationMethod.ATTENTION_ROLLOUT) {
      return " (attention is no explanation: it is the same whatever is explained)";
    }
    return attribution.completeness().map(ExplanationView::completeness).orElse("");
  }

  private static String completeness(Completeness sum) {
    String relative =
        Double.isFinite(sum.relativeError())
            ? String.format(Locale.ROOT, ", %.2f %%", 100 * sum.relativeError())
            : "";
    return String.format(
        Locale.ROOT,
        ": the scores sum up to %.3f of %.3f (off by %.4f%s)",
        sum.sum(),
        sum.difference(),
        sum.error(),
        relative);
  }

  /** The lines behind all rows: how faithful the methods are, if that is known. */
  String end(ExplanationReport report) {
    if (report.faithfulness().isEmpty()) {
      return "";
    }
    StringWriter lines = new StringWriter();
    PrintWriter out = new PrintWriter(lines);
    out.print(
        "Faithfulness on %d explanations: how far the probability falls\n"
            .formatted(report.faithfulness().get(0).explanations()));
    Table table =
        new Table(
            Stream.of(
                    Stream.of("METHOD"),
                    Faithfulness.SHARES.stream()
                        .map(share -> "WITHOUT FIRST %d %%".formatted(Math.round(100 * share))),
                    Faithfulness.SHARES.stream()
                        .map(share -> "WITH ONLY %d %%".formatted(Math.round(100 * share))))
                .flatMap(headings -> headings)
                .toArray(String[]::new));
    for (Faithfulness.Means means : report.faithfulness()) {
      table.add(
          Stream.of(
                  Stream.of(means.method().map(Object::toString).orElse("random order")),
                  means.comprehensiveness().stream().map(ScoredText::signed),
                  means.sufficiency().stream().map(ScoredText::signed))
              .flatMap(cells -> cells)
              .toList());
    }
    table.print(out);
    out.print(
        "Without the words ranked first (comprehensiveness) more is better, with only them (sufficiency) less is.\n");
    return lines.toString();
  }
}
