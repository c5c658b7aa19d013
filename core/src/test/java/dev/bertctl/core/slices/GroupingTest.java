// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.slices;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.runtime.UserException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GroupingTest {

  private static SlicedExample ofLength(int tokens) {
    return new SlicedExample(tokens, 0, Set.of(), Map.of());
  }

  private static SlicedExample with(Object value) {
    return new SlicedExample(9, 0, Set.of(), value == null ? Map.of() : Map.of("c", value));
  }

  private static Map<String, int[]> column(Object... values) {
    return new Grouping(Arrays.stream(values).map(GroupingTest::with).toList())
        .by(SliceBy.of("column=c"));
  }

  @Test
  void lengthsEndAtPowersOfTwo() {
    Map<String, int[]> slices =
        new Grouping(IntStream.of(3, 16, 17, 32, 33, 512).mapToObj(GroupingTest::ofLength).toList())
            .by(SliceBy.of("length"));
    assertEquals(
        List.of("1-16 tokens", "17-32 tokens", "33-64 tokens", "257-512 tokens"),
        List.copyOf(slices.keySet()));
    assertArrayEquals(new int[] {0, 1}, slices.get("1-16 tokens"));
    assertArrayEquals(new int[] {2, 3}, slices.get("17-32 tokens"));
    assertArrayEquals(new int[] {5}, slices.get("257-512 tokens"));
  }

  @Test
  void anExampleIsInTheSliceOfEachOfItsLabels() {
    Map<String, int[]> slices =
        new Grouping(
                List.of(
                    new SlicedExample(9, 0, Set.of("a", "b"), Map.of()),
                    new SlicedExample(9, 0, Set.of("b"), Map.of()),
                    new SlicedExample(9, 0, Set.of(), Map.of())))
            .by(SliceBy.of("label"));
    assertEquals(Set.of("a", "b"), slices.keySet());
    assertArrayEquals(new int[] {0, 1}, slices.get("b"));
  }

  @Test
  void truncationTellsCutFromWhole() {
    Map<String, int[]> slices =
        new Grouping(List.of(new SlicedExample(9, 2, Set.of(), Map.of()), ofLength(9)))
            .by(SliceBy.of("truncation"));
    assertArrayEquals(new int[] {0}, slices.get("cut"));
    assertArrayEquals(new int[] {1}, slices.get("whole"));
  }

  @Test
  void fewValuesOfAColumnAreSlices() {
    Map<String, int[]> slices = column("y", "x", null, "y", "");
    assertEquals(List.of("(none)", "x", "y"), List.copyOf(slices.keySet()));
    assertArrayEquals(new int[] {2, 4}, slices.get("(none)"));
    assertArrayEquals(new int[] {0, 3}, slices.get("y"));
  }

  @Test
  void manyNumbersAreQuarters() {
    List<Object> numbers = new ArrayList<>();
    IntStream.rangeClosed(1, 40).forEach(numbers::add);
    numbers.add(null);
    Map<String, int[]> slices = column(numbers.toArray());
    assertEquals(
        List.of("1 to 10", "11 to 20", "21 to 30", "31 to 40", "(none)"),
        List.copyOf(slices.keySet()));
    assertEquals(10, slices.get("21 to 30").length);
    assertArrayEquals(new int[] {40}, slices.get("(none)"));
  }

  @Test
  void equalNumbersStayTogether() {
    List<Object> numbers = new ArrayList<>();
    IntStream.rangeClosed(1, 60).forEach(i -> numbers.add(i <= 40 ? 7 : i + 0.5));
    Map<String, int[]> slices = column(numbers.toArray());
    assertEquals(
        List.of("7 to 7", "41.50 to 45.50", "46.50 to 60.50"), List.copyOf(slices.keySet()));
    assertEquals(40, slices.get("7 to 7").length);
  }

  @Test
  void ofManyTextsTheMostFrequentAreSlices() {
    List<Object> texts = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      texts.add("t" + i);
      if (i < 20) {
        texts.add("t" + i);
      }
    }
    Map<String, int[]> slices = column(texts.toArray());
    assertEquals(Grouping.MOST_VALUES + 1, slices.size());
    assertEquals(10, slices.get("(other)").length);
  }

  @Test
  void whatIsNotThereIsNamed() {
    assertEquals(
        "no slices by 'size'; slice by length, label, truncation or column=NAME",
        assertThrows(UserException.class, () -> SliceBy.of("size")).getMessage());
    Grouping grouping = new Grouping(List.of(with("x")));
    assertEquals(
        "no slices by column 'd': the data have c",
        assertThrows(UserException.class, () -> grouping.by(SliceBy.of("column=d"))).getMessage());
    assertEquals(
        "no slices by label: the task's examples have none; slice by length, truncation or column=NAME",
        assertThrows(UserException.class, () -> grouping.by(SliceBy.of("label"))).getMessage());
  }
}
