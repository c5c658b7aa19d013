// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.report;

import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.decode.ExampleView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An example that a report shows.
 *
 * @param place where it was read; two examples of one place are told apart by their numbers
 * @param number its place among the examples, from 0
 * @param view what there is to see
 * @param score what the metric gives it alone, by the values' names
 */
record ShownExample(String place, long number, ExampleView view, Map<String, Double> score) {

  /** Characters of a gold label or a prediction. */
  private static final int LONGEST_LABEL = 300;

  private static final String RIGHT = "right";
  private static final String WRONG = "wrong";

  static ShownExample of(
      Example example, long number, ExampleView view, Map<String, Double> score) {
    return new ShownExample(example.location().toString(), number, view, score);
  }

  /**
   * As plain values.
   *
   * @param judge the value that says how good it is
   * @param rightOrWrong whether it says that the example is right, as 1, or wrong
   * @param exact whether otherwise that is right which is right to the letter
   */
  Map<String, Object> fields(String judge, boolean rightOrWrong, boolean exact) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("place", place);
    fields.put("passages", passages());
    view.gold().ifPresent(gold -> fields.put("gold", ShownText.cut(gold, LONGEST_LABEL)));
    fields.put("predicted", ShownText.cut(view.predicted(), LONGEST_LABEL));
    view.confidence().ifPresent(confidence -> fields.put("confidence", confidence));
    double value = score.getOrDefault(judge, Double.NaN);
    if (rightOrWrong) {
      fields.put("verdict", value == 1 ? RIGHT : WRONG);
    } else {
      if (exact && view.gold().isPresent()) {
        fields.put("verdict", isExact() ? RIGHT : WRONG);
      }
      if (!Double.isNaN(value)) {
        fields.put("score", value);
      }
    }
    return fields;
  }

  /** Whether what was predicted is, to the letter, what is right. */
  boolean isExact() {
    return isExact(view);
  }

  static boolean isExact(ExampleView view) {
    return view.gold().filter(view.predicted()::equals).isPresent();
  }

  private List<Map<String, Object>> passages() {
    List<Map<String, Object>> passages = new ArrayList<>();
    for (ExampleView.Passage passage : view.passages()) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("name", passage.name());
      fields.put("parts", ShownText.parts(passage.text()));
      passages.add(fields);
    }
    return passages;
  }
}
