// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import dev.bertctl.spi.decode.FeatureOutput;
import dev.bertctl.spi.decode.FieldType;
import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.decode.ModelOutput;
import dev.bertctl.spi.decode.Prediction;
import dev.bertctl.spi.decode.PredictionField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How likely each token of a text is, given those before it: natural logarithms of the
 * probabilities, from the second token on, as the first is always {@code [CLS]}. A text longer than
 * a sequence is read in parts, each of which begins anew.
 *
 * <p>Log-probabilities (-0.6931, -2.0794), of the probabilities 0.5 and 0.125, have the perplexity
 * 4.
 *
 * @param tokens the tokens
 * @param logProbabilities one for each
 */
record TokenLikelihoods(List<String> tokens, List<Double> logProbabilities) implements Prediction {

  static final String LOG_PROBABILITIES = "log_probabilities";

  static final List<PredictionField> FIELDS =
      List.of(
          PredictionField.list("tokens", FieldType.Plain.TEXT),
          PredictionField.list(LOG_PROBABILITIES, FieldType.Plain.NUMBER),
          PredictionField.number("perplexity"));

  TokenLikelihoods {
    tokens = List.copyOf(tokens);
    logProbabilities = List.copyOf(logProbabilities);
  }

  static TokenLikelihoods of(ModelOutput output) {
    List<String> tokens = new ArrayList<>();
    List<Double> logProbabilities = new ArrayList<>();
    for (FeatureOutput feature : output.features()) {
      int[] ids = feature.feature().sequence().ids();
      Matrix next = feature.get(CausalLmHead.LOG_PROBABILITIES); // [T,1]
      for (int i = 1; i < ids.length; i++) {
        tokens.add(output.vocabulary().token(ids[i]));
        logProbabilities.add(ShortestDecimal.of(next.at(i - 1, 0)));
      }
    }
    return new TokenLikelihoods(tokens, logProbabilities);
  }

  /** The sum of the log-probabilities. */
  double sum() {
    return logProbabilities.stream().mapToDouble(value -> value).sum();
  }

  @Override
  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("tokens", tokens);
    fields.put(LOG_PROBABILITIES, logProbabilities);
    fields.put("perplexity", Math.exp(-sum() / logProbabilities.size()));
    return fields;
  }
}
