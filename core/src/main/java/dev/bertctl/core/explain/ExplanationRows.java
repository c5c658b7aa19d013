// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.explain;

import dev.bertctl.core.output.RowLayout;
import dev.bertctl.runtime.explain.Explanation;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.decode.MarkedText;
import dev.bertctl.spi.decode.Prediction;
import dev.bertctl.spi.packing.Vocabulary;
import java.util.List;
import java.util.Optional;

/** Puts together what is shown of a row. */
public final class ExplanationRows {

  private ExplanationRows() {}

  /**
   * A row.
   *
   * @param marked the prediction in its text, where the task shows it so
   * @param explanations of what is predicted, or of what was asked for
   */
  public static ExplainedRow of(
      Example example,
      Prediction prediction,
      Optional<MarkedText> marked,
      List<Explanation> explanations,
      Vocabulary vocabulary) {
    List<String> texts = RowTexts.of(example.columns(), marked);
    return new ExplainedRow(
        example.location().toString(),
        RowLayout.ALL.row(example, prediction),
        prediction.fields(),
        marked,
        explanations.stream().map(one -> shown(one, texts, vocabulary)).toList());
  }

  private static ShownExplanation shown(
      Explanation explanation, List<String> texts, Vocabulary vocabulary) {
    return new ShownExplanation(
        explanation,
        explanation.special().stream()
            .map(position -> vocabulary.token(explanation.sequence().ids()[position]))
            .toList(),
        ExplainedText.of(explanation.words(), texts));
  }
}
