package org.example.mytask;

import dev.bertctl.spi.decode.Logits;
import dev.bertctl.spi.decode.Prediction;
import java.util.Map;

/**
 * The chosen one.
 *
 * @param choice its index
 */
record MyTaskPrediction(int choice) implements Prediction {

  /**
   * Takes the most probable one.
   *
   * @param logits [C,1]
   */
  static MyTaskPrediction of(Logits logits) {
    int best = 0;
    for (int choice = 1; choice < logits.rows(); choice++) {
      best = logits.at(choice, 0) > logits.at(best, 0) ? choice : best;
    }
    return new MyTaskPrediction(best);
  }

  @Override
  public Map<String, Object> fields() {
    return Map.of("predicted", choice);
  }
}
