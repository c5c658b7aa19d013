// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.classification;

import dev.bertctl.spi.data.Column;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.Row;
import dev.bertctl.spi.decode.FieldType;
import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.decode.Prediction;
import dev.bertctl.spi.decode.PredictionField;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The numbers of a text.
 *
 * @param targets their names; none of a single number without a name
 * @param numbers their values
 */
record NumbersPrediction(List<String> targets, List<Double> numbers) implements Prediction {

  private static final String PREDICTED = "predicted";
  private static final Column COLUMN = Column.named(PREDICTED, "prediction", "score");

  NumbersPrediction {
    targets = List.copyOf(targets);
    numbers = List.copyOf(numbers);
  }

  /**
   * Of logits [1,L].
   *
   * @param targets names of the numbers
   */
  static NumbersPrediction of(List<String> targets, Matrix logits) {
    return new NumbersPrediction(
        targets,
        IntStream.range(0, logits.columns())
            // As a float is written: 0.1, and not 0.10000000149011612.
            .mapToObj(i -> Double.valueOf(Float.toString(logits.at(0, i))))
            .toList());
  }

  /** What {@link #fields()} gives. */
  static List<PredictionField> fields(List<String> targets) {
    return List.of(
        targets.size() <= 1
            ? PredictionField.number(PREDICTED)
            : PredictionField.map(PREDICTED, FieldType.Plain.NUMBER));
  }

  /** Several numbers are a map by their names, a single one is a number. */
  @Override
  public Map<String, Object> fields() {
    if (numbers.size() == 1) {
      return Map.of(PREDICTED, numbers.get(0));
    }
    Map<String, Object> each = new LinkedHashMap<>();
    for (int i = 0; i < numbers.size(); i++) {
      each.put(targets.get(i), numbers.get(i));
    }
    return Map.of(PREDICTED, each);
  }

  /** As GLUE takes it. */
  String text() {
    return numbers.get(0).toString();
  }

  /**
   * Reads what {@link #fields} writes, in a table also the columns {@code predicted.NAME}.
   *
   * @param targets names of the numbers
   */
  static NumbersPrediction read(Row row, List<String> targets) {
    if (targets.size() <= 1) {
      return new NumbersPrediction(
          targets, List.of(Numbers.in(row, COLUMN).orElseThrow(() -> missing(row, COLUMN.name()))));
    }
    return new NumbersPrediction(
        targets, targets.stream().map(target -> number(row, target)).toList());
  }

  private static double number(Row row, String target) {
    if (row.has(COLUMN) && row.value(COLUMN) instanceof Map<?, ?> each) {
      if (!each.containsKey(target)) {
        throw missing(row, target);
      }
      return Numbers.parsed(each.get(target).toString(), row, target);
    }
    Column column = Column.named(PREDICTED + "." + target);
    return Numbers.in(row, column).orElseThrow(() -> missing(row, column.name()));
  }

  private static DataException missing(Row row, String name) {
    return new DataException(row.location(), "no number in '%s'; give one".formatted(name));
  }
}
