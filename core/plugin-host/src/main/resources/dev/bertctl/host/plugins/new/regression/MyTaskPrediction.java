package org.example.mytask;

import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.Row;
import dev.bertctl.spi.decode.Prediction;
import java.util.Map;

/**
 * A number for a text.
 *
 * @param number any
 */
record MyTaskPrediction(double number) implements Prediction {

  private static final Column PREDICTED = Column.named("predicted");

  /** Reads what {@link #fields} writes. */
  static MyTaskPrediction read(Row row) {
    return new MyTaskPrediction(MyTaskNumber.in(row, PREDICTED));
  }

  @Override
  public Map<String, Object> fields() {
    return Map.of("predicted", number);
  }
}
