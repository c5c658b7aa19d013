package org.example.mytask;

import dev.bertctl.spi.decode.Prediction;
import java.util.Map;

/**
 * A number for a text.
 *
 * @param number any
 */
record MyTaskPrediction(double number) implements Prediction {

  @Override
  public Map<String, Object> fields() {
    return Map.of("predicted", number);
  }
}
