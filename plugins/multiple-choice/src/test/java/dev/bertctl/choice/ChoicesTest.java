// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.choice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.Location;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChoicesTest {

  private static final Location ROW = new Location("dev.jsonl", 7);

  private final Choices colours = choices("red", "green", "blue");

  @Test
  void meantByIndexLetterOrText() {
    assertEquals(2, colours.index(2L, ROW));
    assertEquals(2, colours.index(" 2 ", ROW));
    assertEquals(2, colours.index("C", ROW));
    assertEquals(2, colours.index("blue", ROW));
    assertEquals(2, colours.index("\u00A0blue\u200B", ROW));
    assertEquals(0, choices("a\u00A0", "b").index("a", ROW));
  }

  @Test
  void numbersAreIndicesAndQuotedNumbersMayBeTexts() {
    Choices numbers = choices("2", "7", "4");
    assertEquals(2, numbers.index(2L, ROW));
    assertEquals(1, numbers.index("7", ROW));
    assertEquals(1, numbers.index("1", ROW));
    assertProblem(
        "'2' may mean choice 0 or choice 2: an index, a letter and a choice's text fall together; write jsonl, with the index as a number",
        () -> numbers.index("2", ROW));
    assertEquals(1, choices("0", "1").index("1", ROW)); // both readings are the same choice
  }

  @Test
  void choicesMayBeLetters() {
    assertProblem(
        "'A' may mean choice 0 or choice 1: an index, a letter and a choice's text fall together; write jsonl, with the index as a number",
        () -> choices("B", "A").index("A", ROW));
    assertEquals(1, choices("A", "B").index("B", ROW));
  }

  @Test
  void moreChoicesThanLetters() {
    Choices many = Choices.of(IntStream.range(0, 30).mapToObj(i -> "no " + i).toList(), ROW);
    assertEquals(29, many.index("29", ROW));
    assertEquals(25, many.index("Z", ROW));
    assertProblem(
        "'[' is none of the 30 choices; give an index from 0 to 29, a letter from A to Z, or the choice's text",
        () -> many.index("[", ROW));
  }

  @Test
  void noneOfTheChoices() {
    assertProblem(
        "'3' is none of the 3 choices; give an index from 0 to 2; a choice's text needs quotes",
        () -> colours.index(3L, ROW));
    assertProblem(
        "'yellow' is none of the 3 choices; give an index from 0 to 2, a letter from A to C, or the choice's text",
        () -> colours.index("yellow", ROW));
  }

  @Test
  void marksOfNoGoldLabel() {
    assertEquals(OptionalInt.empty(), colours.gold("", ROW));
    assertEquals(OptionalInt.empty(), colours.gold("-", ROW));
    assertEquals(OptionalInt.empty(), colours.gold(-1L, ROW));
    assertEquals(OptionalInt.of(1), choices("+", "-").gold("-", ROW));
  }

  @Test
  void twoOrMore() {
    assertProblem(
        "needs at least two choices, has 1; correct or remove the row", () -> choices("only one"));
  }

  @Test
  void noneIsEmpty() {
    assertProblem(
        "choice 1 of 3 is empty; give it a text, or remove it", () -> choices("a", " ", "c"));
  }

  private static Choices choices(String... texts) {
    return Choices.of(List.of(texts), ROW);
  }

  private static void assertProblem(String expected, Runnable reading) {
    assertEquals(
        "dev.jsonl:7: " + expected, assertThrows(DataException.class, reading::run).getMessage());
  }
}
