package org.example.mytask;

import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.data.Row;
import dev.bertctl.spi.decode.FeatureOutput;
import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.decode.ModelOutput;
import dev.bertctl.spi.decode.Prediction;
import dev.bertctl.spi.packing.Sequence;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A tag for each word.
 *
 * @param tags the tags' names
 */
record MyTaskPrediction(List<String> tags) implements Prediction {

  private static final Column PREDICTED = Column.named("predicted");

  /** Takes each word's most probable tag: that of its first piece. */
  static MyTaskPrediction of(MyTaskExample example, ModelOutput output, Labels labels) {
    String[] tags = new String[example.words()];
    // A word without any piece, such as one of control characters, has the first tag.
    Arrays.fill(tags, labels.name(0));
    for (FeatureOutput window : output.features()) {
      Sequence sequence = window.feature().sequence();
      int[] starts = sequence.texts().get(0).starts();
      for (int piece = 0; piece < starts.length; piece++) {
        if (example.startsWord(starts[piece])) {
          int best = best(window.logits(), sequence.start(0) + piece);
          tags[example.word(starts[piece])] = labels.name(best);
        }
      }
    }
    return new MyTaskPrediction(List.of(tags));
  }

  private static int best(Matrix logits, int token) {
    int best = 0;
    for (int label = 1; label < logits.columns(); label++) {
      best = logits.at(token, label) > logits.at(token, best) ? label : best;
    }
    return best;
  }

  /** Reads what {@link #fields} writes. */
  static MyTaskPrediction read(Row row, MyTaskExample example) {
    List<String> tags = List.of(row.get(PREDICTED).split(" "));
    if (tags.size() != example.words()) {
      throw new DataException(
          row.location(),
          "%d tags for %d words; give each word one".formatted(tags.size(), example.words()));
    }
    return new MyTaskPrediction(tags);
  }

  @Override
  public Map<String, Object> fields() {
    return Map.of("predicted", String.join(" ", tags));
  }
}
