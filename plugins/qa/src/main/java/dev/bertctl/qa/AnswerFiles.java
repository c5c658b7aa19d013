// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.qa;

import dev.bertctl.spi.decode.OutputFile;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Predictions as the original BERT writes them and the official SQuAD scorers read them. */
final class AnswerFiles {

  /** {@code {"id": "text"}}. */
  static final OutputFile<Question, Answer> PREDICTIONS =
      byId("predictions.json", answer -> answer.text().orElse(""));

  /** {@code {"id": [{"text", "probability", "start_logit", "end_logit"}, ...]}}, best first. */
  static final OutputFile<Question, Answer> N_BEST =
      byId(
          "nbest_predictions.json",
          answer -> answer.candidates().stream().map(AnswerFiles::candidate).toList());

  /** {@code {"id": odds}}. */
  static final OutputFile<Question, Answer> NULL_ODDS =
      byId("null_odds.json", answer -> answer.nullOdds().orElseThrow());

  private AnswerFiles() {}

  private static OutputFile<Question, Answer> byId(String name, Function<Answer, Object> value) {
    return OutputFile.json(
        name, (question, answer) -> Map.entry(question.id(), value.apply(answer)));
  }

  private static Map<String, Object> candidate(Candidate candidate) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("text", candidate.text());
    fields.put("probability", candidate.probability());
    fields.put("start_logit", (double) candidate.startLogit());
    fields.put("end_logit", (double) candidate.endLogit());
    return fields;
  }
}
