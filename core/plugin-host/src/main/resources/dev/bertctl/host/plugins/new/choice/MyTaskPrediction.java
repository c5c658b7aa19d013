package org.example.mytask;

import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.Row;
import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.decode.Prediction;
import java.util.Map;

/**
 * The chosen one.
 *
 * @param choice its index
 */
record MyTaskPrediction(int choice) implements Prediction {

  private static final Column PREDICTED = Column.named("predicted");

  /**
   * Takes the most probable one.
   *
   * @param logits [C,1]
   */
  static MyTaskPrediction of(Matrix logits) {
    int best = 0;
    for (int choice = 1; choice < logits.rows(); choice++) {
      best = logits.at(choice, 0) > logits.at(best, 0) ? choice : best;
    }
    return new MyTaskPrediction(best);
  }

  /** Reads what {@link #fields} writes. */
  static MyTaskPrediction read(Row row) {
    String number = row.get(PREDICTED).strip();
    if (!number.matches("\\d{1,6}")) {
      throw new DataException(
          row.location(), "the predicted choice is '%s'; give its number".formatted(number));
    }
    return new MyTaskPrediction(Integer.parseInt(number));
  }

  @Override
  public Map<String, Object> fields() {
    return Map.of("predicted", choice);
  }
}
