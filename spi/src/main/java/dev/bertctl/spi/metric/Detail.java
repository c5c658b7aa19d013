// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.metric;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Something that explains a metric's values; kept and shown with them.
 *
 * <p>{@code new Detail.Value("guessing", 0.25)} is shown as {@code guessing 0.2500}.
 */
public sealed interface Detail {

  /** {@return what it is called in results, such as {@code per_class}} */
  String name();

  /**
   * A number beside the metric's values, such as how many examples there were.
   *
   * @param name what it is called
   * @param value an integer, or a real number
   */
  record Value(String name, Number value) implements Detail {}

  /**
   * Numbers of several kinds for each of some things, such as the precision and recall of each
   * class.
   *
   * @param name what it is called: {@code per_class}, {@code by_length}
   * @param rows the numbers of each thing, by their names
   */
  record Table(String name, Map<String, Map<String, Number>> rows) implements Detail {

    /**
     * Copies the maps, keeping their order.
     *
     * @param name what it is called
     * @param rows the numbers of each thing, by their names
     */
    public Table {
      Map<String, Map<String, Number>> copies = new LinkedHashMap<>();
      rows.forEach(
          (row, numbers) ->
              copies.put(row, Collections.unmodifiableMap(new LinkedHashMap<>(numbers))));
      rows = Collections.unmodifiableMap(copies);
    }

    /**
     * {@return precision, recall, F1 and support of each class, as the table {@code per_class}}
     *
     * @param counts how often each class was there and was predicted, by the classes' names
     */
    public static Table perClass(Map<String, BinaryCounts> counts) {
      Map<String, Map<String, Number>> rows = new LinkedHashMap<>();
      counts.forEach(
          (name, count) -> {
            Map<String, Number> numbers = new LinkedHashMap<>();
            numbers.put("precision", count.precision());
            numbers.put("recall", count.recall());
            numbers.put("f1", count.f1());
            numbers.put("support", count.support());
            rows.put(name, numbers);
          });
      return new Table("per_class", rows);
    }
  }

  /**
   * How often each label was predicted for each gold label.
   *
   * @param labels the labels
   * @param counts a row for each gold label, in it a count for each predicted one
   */
  record Confusion(List<String> labels, List<List<Long>> counts) implements Detail {

    /**
     * Copies the lists.
     *
     * @param labels the labels
     * @param counts a row for each gold label
     */
    public Confusion {
      labels = List.copyOf(labels);
      counts = counts.stream().map(List::copyOf).toList();
    }

    @Override
    public String name() {
      return "confusion_matrix";
    }
  }
}
