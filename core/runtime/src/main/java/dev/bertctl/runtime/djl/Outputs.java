// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.djl;

import ai.djl.modality.Classifications;
import ai.djl.modality.Output;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.bertctl.spi.decode.Classification;
import dev.bertctl.spi.decode.Prediction;
import java.util.function.Function;

/** What programs get of predictions. */
final class Outputs {

  private static final int OK = 200;
  private static final JsonMapper JSON = new JsonMapper();

  private Outputs() {}

  /** Makes outputs of a class. */
  static <O> Function<Prediction, O> of(Class<O> type) {
    return prediction -> type.cast(output(type, prediction));
  }

  private static Object output(Class<?> type, Prediction prediction) {
    if (type == Classifications.class) {
      return classifications(prediction);
    }
    return type == Output.class ? json(prediction) : prediction;
  }

  private static Classifications classifications(Prediction prediction) {
    if (prediction instanceof Classification one) {
      return new Classifications(one.labels().names(), one.probabilities());
    }
    throw new IllegalArgumentException(
        "the task's predictions are of %s, which is no choice of one label; ask for that class"
            .formatted(prediction.getClass().getName()));
  }

  private static Output json(Prediction prediction) {
    try {
      Output output = new Output(OK, "OK");
      output.addProperty("Content-Type", "application/json");
      output.add(JSON.writeValueAsString(prediction.fields()));
      return output;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the prediction cannot be written as JSON", e);
    }
  }
}
