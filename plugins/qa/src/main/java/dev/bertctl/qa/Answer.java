// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.qa;

import dev.bertctl.spi.decode.MarkedText;
import dev.bertctl.spi.decode.Prediction;
import dev.bertctl.spi.decode.PredictionField;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A predicted answer.
 *
 * @param text the answer, an empty text for "no answer"; empty if nobody predicted one
 * @param nullOdds by how much the score of "no answer" exceeds that of the best answer, where that
 *     is known
 * @param candidates the answers considered, best first; none where they are not known
 */
record Answer(Optional<String> text, OptionalDouble nullOdds, List<Candidate> candidates)
    implements Prediction {

  static final List<PredictionField> FIELDS =
      List.of(
          PredictionField.text("predicted"),
          PredictionField.integer("start"),
          PredictionField.integer("end"),
          PredictionField.number("probability"),
          PredictionField.number("null_odds"));

  /** For a question that nobody gave a prediction for. */
  static final Answer MISSING = new Answer(Optional.empty(), OptionalDouble.empty(), List.of());

  /** Copies the candidates. */
  Answer {
    candidates = List.copyOf(candidates);
  }

  /** The best candidate that is an answer, whatever the odds; an empty text if there is none. */
  String bestText() {
    return candidates.stream()
        .map(Candidate::text)
        .filter(candidate -> !candidate.isEmpty())
        .findFirst()
        .orElse("");
  }

  /** The passage with the answer marked. */
  MarkedText in(String passage) {
    return new MarkedText(
        passage,
        chosen()
            .filter(candidate -> !candidate.text().isEmpty())
            .map(one -> List.of(new MarkedText.Mark(one.start(), one.end(), "answer")))
            .orElse(List.of()));
  }

  /** The candidate that was predicted. */
  Optional<Candidate> chosen() {
    return candidates.stream()
        .filter(candidate -> candidate.text().equals(text.orElse("")))
        .findFirst();
  }

  @Override
  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("predicted", text.orElse(""));
    chosen()
        .ifPresent(
            candidate -> {
              fields.put("start", candidate.start());
              fields.put("end", candidate.end());
              fields.put("probability", candidate.probability());
            });
    nullOdds.ifPresent(odds -> fields.put("null_odds", odds));
    return fields;
  }
}
