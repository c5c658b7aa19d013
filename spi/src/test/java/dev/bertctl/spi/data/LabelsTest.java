// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.spi.OptionException;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelsTest {

  private static final Location ROW = new Location("dev.csv", 7);

  private final Labels labels = new Labels(List.of("no", "yes"));

  @Test
  void namesAndIndices() {
    assertEquals(2, labels.size());
    assertEquals("yes", labels.name(1));
    assertEquals(OptionalInt.of(1), labels.index("yes", ROW));
    assertEquals(OptionalInt.of(1), labels.index("1", ROW));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "-", "-1"})
  void marksOfNoGoldLabel(String mark) {
    assertEquals(OptionalInt.empty(), labels.index(mark, ROW));
  }

  @Test
  void nameGoesBeforeMarkAndIndex() {
    assertEquals(OptionalInt.of(1), new Labels(List.of("+", "-")).index("-", ROW));
    assertEquals(OptionalInt.of(0), new Labels(List.of("1", "0")).index("1", ROW));
  }

  @ParameterizedTest
  @ValueSource(strings = {"maybe", "2", "1.0", "99999999999"})
  void unknownLabel(String value) {
    assertEquals(
        "dev.csv:7: unknown label '%1$s'; the task's labels, in order: no, yes. Correct the row; or say of which label it is another spelling: label-synonyms.LABEL=%1$s; or set 'labels' to the data's labels, in an order of the same meaning (of two the second is the positive one)"
            .formatted(value),
        assertThrows(DataException.class, () -> labels.index(value, ROW)).getMessage());
  }

  @Test
  void otherCaseIsAnotherSpelling() {
    assertEquals(
        "dev.csv:7: unknown label 'Yes'; the task's labels, in order: no, yes. If it is 'yes', set"
            + " label-synonyms.yes=Yes; else correct the row",
        assertThrows(DataException.class, () -> labels.index("Yes", ROW)).getMessage());
  }

  /** Of two labels the second is the positive one, whichever comes first in the data. */
  @ParameterizedTest
  @CsvSource({
    "True,False,'False,True'",
    "False,True,'False,True'",
    "1.0,0.0,'0.0,1.0'",
    "N,Y,'N,Y'",
    "positive,negative,'negative,positive'"
  })
  void labelsThatSayYesAndNoAreOrdered(String first, String second, String advised) {
    Labels pair = new Labels(List.of("different_text", "same_text"));
    assertEquals(
        "dev.csv:7: unknown label '%s'; the task's labels, in order: different_text, same_text; the data's, in order of appearance: %s, %s. Set labels=%s (of two labels the second is the positive one), or correct the row"
            .formatted(first, first, second, advised),
        assertThrows(
                DataException.class, () -> pair.index(first, ROW, () -> List.of(first, second)))
            .getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {" yes", "yes\u200B", "\uFEFFyes", "\u00A0yes\u00A0", "yes\u00AD"})
  void whatIsInvisibleAtTheEdgesDoesNotCount(String value) {
    assertEquals(OptionalInt.of(1), labels.index(value, ROW));
  }

  @Test
  void numbersThatAreNamesAreNoIndices() {
    Labels stars = new Labels(List.of("1", "2", "3"));
    assertEquals(OptionalInt.of(2), stars.index("3", ROW));
    assertEquals(
        "dev.csv:7: unknown label '0'; the task's labels, in order: 1, 2, 3. Correct the row; or say of which label it is another spelling: label-synonyms.LABEL=0; or set 'labels' to the data's labels, in an order of the same meaning",
        assertThrows(DataException.class, () -> stars.index("0", ROW)).getMessage());
  }

  @Test
  void labelsOfNoUse() {
    assertEquals("needs at least two labels, has [yes]", refused(List.of("yes")));
    assertEquals("names a label twice: [a, b, a]", refused(List.of("a", "b", "a")));
  }

  private static String refused(List<String> names) {
    OptionException failure = assertThrows(OptionException.class, () -> new Labels(names));
    assertEquals("labels", failure.option());
    return failure.getMessage();
  }
}
