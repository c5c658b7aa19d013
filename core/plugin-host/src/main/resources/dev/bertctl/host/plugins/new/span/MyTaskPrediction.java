package org.example.mytask;

import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.Row;
import dev.bertctl.spi.decode.FeatureOutput;
import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.decode.ModelOutput;
import dev.bertctl.spi.decode.Prediction;
import dev.bertctl.spi.packing.Pieces;
import dev.bertctl.spi.packing.Sequence;
import java.util.Map;

/**
 * An answer.
 *
 * @param text a part of the passage
 */
record MyTaskPrediction(String text) implements Prediction {

  private static final Column PREDICTED = Column.named("predicted");
  private static final int LONGEST_PIECES = 30;

  /** Takes the span with the highest sum of its start's and its end's logit, in any window. */
  static MyTaskPrediction of(MyTaskExample example, ModelOutput output) {
    String best = "";
    float highest = Float.NEGATIVE_INFINITY;
    for (FeatureOutput part : output.features()) {
      Sequence window = part.feature().sequence();
      Pieces pieces = window.texts().get(1);
      Matrix logits = part.logits(); // [T,2]
      for (int first = 0; first < pieces.size(); first++) {
        for (int last = first; last < Math.min(pieces.size(), first + LONGEST_PIECES); last++) {
          float score =
              logits.at(window.start(1) + first, 0) + logits.at(window.start(1) + last, 1);
          if (score > highest) {
            highest = score;
            best = example.passage().substring(pieces.starts()[first], pieces.ends()[last]);
          }
        }
      }
    }
    return new MyTaskPrediction(best);
  }

  /** Reads what {@link #fields} writes. */
  static MyTaskPrediction read(Row row) {
    return new MyTaskPrediction(row.get(PREDICTED));
  }

  @Override
  public Map<String, Object> fields() {
    return Map.of("predicted", text);
  }
}
