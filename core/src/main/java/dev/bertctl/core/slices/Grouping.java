// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.slices;

import dev.bertctl.runtime.UserException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Puts examples into slices: names of slices with the places of their examples. */
final class Grouping {

  /** More values than that are slices of nothing: numbers become quarters, texts "other". */
  static final int MOST_VALUES = 20;

  private static final String NONE = "(none)";
  private static final String OTHER = "(other)";

  private final List<SlicedExample> examples;

  Grouping(List<SlicedExample> examples) {
    this.examples = examples;
  }

  /**
   * The slices, in their own order, none of them empty.
   *
   * @throws UserException if the examples have nothing to be sliced by
   */
  Map<String, int[]> by(SliceBy by) {
    if (by instanceof SliceBy.ColumnValue column) {
      return byColumn(column.name());
    }
    if (by instanceof SliceBy.Label) {
      return byLabel();
    }
    return by instanceof SliceBy.Length
        ? byLength()
        : group(place -> List.of(examples.get(place).cut() > 0 ? "cut" : "whole"));
  }

  /** Ranges that end at powers of two, the same for all data: 1-16, 17-32, 33-64. */
  private Map<String, int[]> byLength() {
    Map<Integer, List<Integer>> byEnd = new TreeMap<>();
    for (int i = 0; i < examples.size(); i++) {
      int tokens = Math.max(examples.get(i).tokens(), 16);
      int end = Integer.highestOneBit(2 * tokens - 1);
      byEnd.computeIfAbsent(end, key -> new ArrayList<>()).add(i);
    }
    Map<String, int[]> slices = new LinkedHashMap<>();
    byEnd.forEach(
        (end, places) ->
            slices.put("%d-%d tokens".formatted(end == 16 ? 1 : end / 2 + 1, end), places(places)));
    return slices;
  }

  private Map<String, int[]> byLabel() {
    if (examples.stream().allMatch(example -> example.labels().isEmpty())) {
      throw new UserException(
          "no slices by label: the task's examples have none; slice by length, truncation or column=NAME");
    }
    return group(place -> List.copyOf(examples.get(place).labels()));
  }

  private Map<String, int[]> byColumn(String name) {
    Set<String> columns =
        examples.stream()
            .flatMap(example -> example.columns().keySet().stream())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    if (!columns.contains(name)) {
      throw new UserException(
          "no slices by column '%s': the data have %s"
              .formatted(
                  name,
                  columns.isEmpty()
                      ? "no columns that are passed through"
                      : String.join(", ", columns)));
    }
    List<String> values =
        examples.stream()
            .map(example -> example.columns().get(name))
            .map(value -> value == null || value.equals("") ? NONE : value.toString())
            .toList();
    if (values.stream().distinct().count() <= MOST_VALUES) {
      return sorted(group(place -> List.of(values.get(place))));
    }
    List<OptionalDouble> numbers = values.stream().map(Grouping::number).toList();
    boolean numeric =
        IntStream.range(0, values.size())
            .allMatch(i -> numbers.get(i).isPresent() || values.get(i).equals(NONE));
    return numeric ? quarters(numbers) : mostFrequent(values);
  }

  private static OptionalDouble number(String text) {
    try {
      return OptionalDouble.of(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }

  /** Quarters of as many examples each as equal numbers, which stay together, allow. */
  private Map<String, int[]> quarters(List<OptionalDouble> numbers) {
    double[] sorted =
        numbers.stream()
            .filter(OptionalDouble::isPresent)
            .mapToDouble(OptionalDouble::getAsDouble)
            .sorted()
            .toArray();
    double[] ends =
        IntStream.rangeClosed(1, 4)
            .mapToDouble(quarter -> sorted[(sorted.length * quarter + 3) / 4 - 1])
            .distinct()
            .toArray();
    Map<Integer, List<Integer>> byQuarter = new TreeMap<>();
    for (int i = 0; i < numbers.size(); i++) {
      int quarter = ends.length;
      if (numbers.get(i).isPresent()) {
        double number = numbers.get(i).getAsDouble();
        quarter = (int) Arrays.stream(ends).filter(end -> end < number).count();
      }
      byQuarter.computeIfAbsent(quarter, key -> new ArrayList<>()).add(i);
    }
    Map<String, int[]> slices = new LinkedHashMap<>();
    byQuarter.forEach(
        (quarter, places) ->
            slices.put(quarter == ends.length ? NONE : range(numbers, places), places(places)));
    return slices;
  }

  private static String range(List<OptionalDouble> numbers, List<Integer> places) {
    double[] own =
        places.stream().mapToDouble(i -> numbers.get(i).getAsDouble()).sorted().toArray();
    return "%s to %s".formatted(shown(own[0]), shown(own[own.length - 1]));
  }

  private static String shown(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? Long.toString((long) number)
        : String.format(Locale.ROOT, "%.4g", number);
  }

  private Map<String, int[]> mostFrequent(List<String> values) {
    Map<String, Long> counts =
        values.stream().collect(Collectors.groupingBy(value -> value, Collectors.counting()));
    Set<String> kept =
        counts.entrySet().stream()
            .sorted(
                Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(MOST_VALUES)
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    return sorted(
        group(place -> List.of(kept.contains(values.get(place)) ? values.get(place) : OTHER)));
  }

  private static Map<String, int[]> sorted(Map<String, int[]> slices) {
    return new TreeMap<>(slices);
  }

  /** The slices that examples are in by their places. */
  @FunctionalInterface
  private interface Names {
    List<String> of(int place);
  }

  private Map<String, int[]> group(Names names) {
    Map<String, List<Integer>> groups = new LinkedHashMap<>();
    for (int i = 0; i < examples.size(); i++) {
      for (String name : names.of(i)) {
        groups.computeIfAbsent(name, key -> new ArrayList<>()).add(i);
      }
    }
    Map<String, int[]> slices = new LinkedHashMap<>();
    groups.forEach((name, places) -> slices.put(name, places(places)));
    return slices;
  }

  private static int[] places(List<Integer> places) {
    return places.stream().mapToInt(Integer::intValue).toArray();
  }
}
