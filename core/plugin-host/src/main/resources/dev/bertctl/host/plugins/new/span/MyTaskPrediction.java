package org.example.mytask;

import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.Row;
import dev.bertctl.spi.decode.FeatureLogits;
import dev.bertctl.spi.decode.Logits;
import dev.bertctl.spi.decode.Prediction;
import dev.bertctl.spi.packing.Pieces;
import dev.bertctl.spi.packing.Sequence;
import java.util.List;
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
  static MyTaskPrediction of(MyTaskExample example, List<FeatureLogits> outputs) {
    String best = "";
    float highest = Float.NEGATIVE_INFINITY;
    for (FeatureLogits output : outputs) {
      Sequence window = output.feature().sequence();
      Pieces part = window.texts().get(1);
      Logits logits = output.logits(); // [T,2]
      for (int first = 0; first < part.size(); first++) {
        for (int last = first; last < Math.min(part.size(), first + LONGEST_PIECES); last++) {
          float score =
              logits.at(window.start(1) + first, 0) + logits.at(window.start(1) + last, 1);
          if (score > highest) {
            highest = score;
            best = example.passage().substring(part.starts()[first], part.ends()[last]);
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
