// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.ner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.spi.OptionException;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.testkit.MemoryFile;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConllReaderTest {

  @Test
  void readsConll2003() {
    Reading reading =
        labelled(
            "-DOCSTART- -X- O O",
            "",
            "Anna NNP B-NP I-PER",
            "sings VBZ B-VP O",
            "",
            "Oslo NNP B-NP I-LOC",
            ". . O O");
    assertEquals(List.of(List.of("Anna", "sings"), List.of("Oslo", ".")), reading.words());
    assertEquals(List.of(List.of("I-PER", "O"), List.of("I-LOC", "O")), reading.tags());
    assertEquals("Anna sings", reading.sentences().get(0).text());
    assertEquals("memory:6", reading.sentences().get(1).location().toString());
    assertEquals(Map.of(), reading.sentences().get(0).columns());
  }

  @Test
  void tabsAndSpacesSeparateColumnsAndBlankLinesSentences() {
    Reading reading = labelled("a\tO", "b  O ", "", "\t", "", "c \tB-PER ", " d B-PER", "\tO");
    assertEquals(List.of(List.of("a", "b"), List.of("c", "d", "")), reading.words());
  }

  @Test
  void wordsMayHoldSpacesWhereTabsSeparate() {
    assertEquals(List.of(List.of("New York")), labelled("New York\tB-LOC").words());
  }

  @Test
  void documentMarksAloneSeparateSentences() {
    Reading reading = labelled("a O", "-DOCSTART- -X- O", "b O", "-DOCSTART-", "-DOCSTART-");
    assertEquals(List.of(List.of("a"), List.of("b")), reading.words());
  }

  @Test
  void commentsAreRowsWithAnotherNumberOfColumnsBeforeTheFirstWord() {
    assertEquals(
        List.of(List.of("Ann", "#", "sang"), List.of("Bo")),
        labelled(
                "# newdoc",
                "# text = Ann # sang",
                "Ann\tB-PER",
                "#\tO",
                "sang\tO",
                "",
                "#\thttp://example.org\t2020",
                "Bo\tB-PER",
                "",
                "#end document")
            .words());
  }

  @Test
  void commentsMayBeBlocksOfTheirOwn() {
    Reading reading =
        labelled("# corpus X, CC-BY", "", "-DOCSTART-", "#\tO", "", "# more", "Ann\tB-PER");
    assertEquals(List.of(List.of("#"), List.of("Ann")), reading.words());
    assertEquals("memory:4", reading.sentences().get(0).location().toString());
    assertEquals(
        List.of(List.of("#a"), List.of("#b")),
        Reading.of(MemoryFile.conll("#a", "", "#b"), Purpose.PREDICTION).words());
  }

  @Test
  void hashesOfTweetsAreWords() {
    assertEquals(
        List.of(List.of("#", "Oslo"), List.of("#")),
        labelled("#\tO", "Oslo\tB-LOC", "", "#\tO").words());
  }

  @Test
  void columnsCanBeChosen() {
    Reading reading =
        Reading.of(
            MemoryFile.conll("# source", "1 Anna B-PER O", "2 sings O O"),
            Purpose.EVALUATION,
            "word-column",
            "2",
            "tag-column",
            "3");
    assertEquals(List.of(List.of("Anna", "sings")), reading.words());
    assertEquals(List.of(List.of("B-PER", "O")), reading.tags());
  }

  @Test
  void wordsAreEnoughForPrediction() {
    Reading reading = Reading.of(MemoryFile.conll("Anna", "sings"), Purpose.PREDICTION);
    assertEquals(List.of(List.of("Anna", "sings")), reading.words());
    assertEquals(Optional.empty(), reading.only().gold());
  }

  @Test
  void hugeSentencesAreWarnedOf() {
    String[] lines = Collections.nCopies(5_001, "x O").toArray(String[]::new);
    assertEquals(
        List.of(
            "memory:1 sentences of more than 5,000 words; blank lines, or rows, separate sentences"),
        labelled(lines).warnings());
    lines[100] = "";
    assertEquals(List.of(), labelled(lines).warnings());
  }

  @Test
  void wordWithoutTag() {
    assertProblem(
        "memory:1: the word 'sings' has no tag; give one, O if it is in no entity", "sings");
    assertProblem("memory:1: the word 'a' has no tag; give one, O if it is in no entity", "a\t");
  }

  @Test
  void lineWithTooFewColumns() {
    DataException failure =
        assertThrows(
            DataException.class,
            () ->
                Reading.of(
                    MemoryFile.conll("Anna B-PER", "sings O"),
                    Purpose.EVALUATION,
                    "tag-column",
                    "3"));
    assertEquals(
        "memory:1: the line has 2 columns, but 'tag-column' is 3; correct the line or the option",
        failure.getMessage());
  }

  @Test
  void runningTextIsNotTakenForColumns() {
    DataException failure =
        assertThrows(
            DataException.class,
            () ->
                Reading.of(
                    MemoryFile.conll("Anna lives in Oslo.", "", "So do I."), Purpose.PREDICTION));
    assertEquals(
        "memory:3: the number of columns is 3, but 4 at memory:1; a line holds one word and its columns (running text is read from JSON lines with a column 'text')",
        failure.getMessage());
  }

  @Test
  void columnsThatCannotBe() {
    assertOptionProblem("word-column", "is 0; columns are counted from 1", "word-column", "0");
    assertOptionProblem("tag-column", "is -1; columns are counted from 1", "tag-column", "-1");
    assertOptionProblem("tag-column", "is 1, as 'word-column' is; give another", "tag-column", "1");
  }

  private static Reading labelled(String... lines) {
    return Reading.of(MemoryFile.conll(lines), Purpose.EVALUATION);
  }

  private static void assertProblem(String message, String... lines) {
    assertEquals(message, assertThrows(DataException.class, () -> labelled(lines)).getMessage());
  }

  private static void assertOptionProblem(String option, String message, String... options) {
    OptionException failure =
        assertThrows(OptionException.class, () -> new NerPlugin().create(Options.of(options)));
    assertEquals(option, failure.option());
    assertEquals(message, failure.getMessage());
  }
}
