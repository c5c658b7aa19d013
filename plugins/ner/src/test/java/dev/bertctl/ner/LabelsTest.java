// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.ner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.spi.OptionException;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.DataFile.Format;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.testkit.MemoryFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the tags come from, and what happens to others. */
class LabelsTest {

  private static final NerPlugin PLUGIN = new NerPlugin();

  @Test
  void areFoundInTheTrainingDataAndCompleted() {
    DataFile training = MemoryFile.conll("x I-PER", "Oslo B-LOC", "a O");
    assertEquals(
        Map.of("labels", List.of("O", "B-LOC", "B-PER", "I-LOC", "I-PER")),
        PLUGIN.findOptions(Options.of(), training));
    assertEquals(
        Map.of("labels", List.of("O", "B-LOC", "B-PER", "E-LOC", "E-PER", "S-LOC", "S-PER")),
        PLUGIN.findOptions(
            Options.of("scheme", "bioes"), MemoryFile.conll("x I-PER", "Oslo B-LOC", "y I-LOC")));
    assertEquals(
        Map.of("labels", List.of("O", "B", "I")),
        PLUGIN.findOptions(Options.of(), MemoryFile.conll("x B", "y I", "z O")));
  }

  @Test
  void areNotLookedForWhereTheyAreDeclared() {
    assertEquals(
        Map.of(), PLUGIN.findOptions(Options.of("labels", "O,B-X"), MemoryFile.conll("x ?")));
  }

  @Test
  void areTheHeads() {
    assertEquals(
        List.of("O", "B-LOC", "B-PER", "I-LOC", "I-PER"),
        PLUGIN.create(Options.of("labels", Options.LABELS)).head().labels());
  }

  @Test
  void trainingDataWithoutEntities() {
    assertEquals(
        "memory: no word is in an entity, so there is nothing to learn; give data with other tags than O, or list the tags in 'labels'",
        assertThrows(
                DataException.class,
                () -> PLUGIN.findOptions(Options.of(), MemoryFile.conll("a O")))
            .getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"as-read", "iob2"})
  void trainingDataWithSomethingElseThanTags(String scheme) {
    assertEquals(
        "memory:2: 'NN' is no tag; tags are O, and B, I, E, S (or L, U, M, W) with a type, such as B-PER. Correct the line, or name the tags' column with 'tag-column'",
        assertThrows(
                DataException.class,
                () ->
                    PLUGIN.findOptions(
                        Options.of("scheme", scheme), MemoryFile.conll("a B-PER", "b NN")))
            .getMessage());
  }

  @Test
  void unknownTag() {
    assertEquals(
        "memory:4: unknown tag 'B-ORG'; the tags are: O, B-PER, I-PER. Correct the line, or list all tags in 'labels' before training (a tag needs no examples)",
        assertThrows(
                DataException.class,
                () ->
                    Reading.of(
                        MemoryFile.conll("a O", "", "b B-PER", "c B-ORG"),
                        Purpose.EVALUATION,
                        "labels",
                        "O,B-PER,I-PER"))
            .getMessage());
  }

  @Test
  void anyTagIsScoredWhereNoneAreDeclared() {
    assertEquals(
        List.of(List.of("B-X", "?")),
        Reading.of(MemoryFile.conll("a B-X", "b ?"), Purpose.EVALUATION).tags());
  }

  @Test
  void labelsThatCannotBe() {
    assertProblem("needs the tag O for words in no entity, has [B-PER, I-PER]", "B-PER,I-PER");
    assertProblem(
        "has 'PER', which is no tag; tags are O, and B, I, E, S (or L, U, M, W) with a type, such as B-PER",
        "O,PER");
    assertProblem("needs at least two labels, has [O]", "O");
  }

  private static void assertProblem(String message, String labels) {
    OptionException failure =
        assertThrows(OptionException.class, () -> PLUGIN.create(Options.of("labels", labels)));
    assertEquals("labels", failure.option());
    assertEquals(message, failure.getMessage());
  }

  @Test
  void overlapThatCannotBe() {
    OptionException failure =
        assertThrows(OptionException.class, () -> PLUGIN.create(Options.of("overlap", "-1")));
    assertEquals("overlap", failure.option());
    assertEquals("is -1; it cannot be less than 0", failure.getMessage());
  }

  @Test
  void filesOfOtherFormats() {
    assertEquals(Optional.of(Format.CONLL), PLUGIN.usualFormat());
    for (Format format : List.of(Format.CSV, Format.TSV)) {
      assertEquals(
          "memory: sentences are read from CoNLL columns, rows of JSON or, for prediction, lines of text, and not from tables with a header; convert the file, or name its format (conll, jsonl, json, text): data.format in a configuration, --format on the command line",
          assertThrows(
                  DataException.class,
                  () -> Reading.of(new MemoryFile(format, List.of("a,O")), Purpose.EVALUATION))
              .getMessage());
    }
  }
}
