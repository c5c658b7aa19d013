// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.classification;

import static dev.bertctl.classification.Reading.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.testkit.MemoryFile;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FoundOptionsTest {

  @Test
  void labelsInAlphabeticalOrderWhateverTheRows() {
    assertEquals(List.of("card", "rate", "top-up"), labels("top-up", "card", "rate", "card"));
    assertEquals(List.of("False", "True"), labels("True", "False"));
    assertEquals(List.of("negative", "positive"), labels("positive", "negative"));
  }

  @Test
  void numbersByTheirSize() {
    assertEquals(List.of("2", "9", "10"), labels("10", "9", "2"));
    assertEquals(List.of("0.0", "1.0"), labels(1.0, 0.0));
    assertEquals(List.of("100", "99", "many"), labels("99", "many", "100"));
  }

  @Test
  void whatIsInvisibleIsNoPartOfLabels() {
    assertEquals(List.of("no", "yes"), labels("yes\u200b", "no", " yes"));
  }

  @Test
  void rowsWithoutGoldLabelGiveNone() {
    assertEquals(List.of("no", "yes"), labels("yes", "", "-", "-1", "no"));
  }

  @Test
  void labelsOfListsAndSeparatedTexts() {
    assertEquals(
        List.of("a", "b", "c"),
        find(
                MemoryFile.rows(
                    List.of(
                        row("text", "x", "labels", List.of("c", "a")),
                        row("text", "x", "labels", "['b', \"c\"]"),
                        row("text", "x", "labels", ""),
                        row("text", "x", "labels", "a|b"))),
                "multi-label",
                "true",
                "label-separator",
                "|")
            .get("labels"));
  }

  @Test
  void whatTheUserSaysIsNotLookedFor() {
    assertEquals(
        Map.of(),
        find(
            MemoryFile.rows(List.of(row("anything", "x"))),
            "labels",
            "no,yes",
            "text-pair",
            "false"));
  }

  @Test
  void whetherThereAreTwoTexts() {
    assertEquals(true, pair("sentence1", "sentence2"));
    assertEquals(true, pair("question", "sentence"));
    assertEquals(true, pair("title", "description"));
    assertEquals(true, pair("headline", "text-pair"));
    assertEquals(false, pair("sentence", "author"));
    assertEquals(false, pair("text", "title"));
    assertEquals(false, pair("sentence1", "other"));
  }

  @Test
  void nothingToTellApart() {
    assertEquals(
        "memory: the only label is 'yes', so there is nothing to tell apart; give data with others, or list all in 'labels'",
        assertThrows(DataException.class, () -> labels("yes", "yes")).getMessage());
    assertEquals(
        "memory: no row has a label, so there is nothing to learn; give data with labels",
        assertThrows(DataException.class, () -> labels("", "-1")).getMessage());
  }

  @Test
  void aColumnOfTextsIsNoneOfLabels() {
    Object[] texts = IntStream.range(0, 1_001).mapToObj(i -> "text " + i).toArray();
    assertEquals(
        "memory: more than 1,000 different labels, such as ['text 0', 'text 1', 'text 2']; if the column holds none, name the one that does with data.columns.label; if it holds numbers to predict, the task is regression; if there are as many, list them in 'labels'",
        assertThrows(DataException.class, () -> labels(texts)).getMessage());
  }

  @Test
  void regressionFindsPairsOnly() {
    RegressionPlugin plugin = new RegressionPlugin();
    MemoryFile pairs =
        MemoryFile.rows(List.of(row("sentence1", "x", "sentence2", "y", "score", 1.5)));
    assertEquals(
        Map.of("text-pair", true), plugin.findOptions(Options.of(RegressionOptions.class), pairs));
    assertEquals(
        Map.of(),
        plugin.findOptions(Options.of(RegressionOptions.class, "text-pair", "false"), pairs));
  }

  private static Object labels(Object... labels) {
    return find(MemoryFile.rows(
            Arrays.stream(labels).map(label -> row("text", "x", "label", label)).toList()))
        .get("labels");
  }

  private static Object pair(String first, String second) {
    return find(MemoryFile.rows(
            List.of(
                row(first, "x", second, "y", "label", "a"),
                row(first, "x", second, "y", "label", "b"))))
        .get("text-pair");
  }

  private static Map<String, Object> find(DataFile file, String... options) {
    return new TextClassificationPlugin()
        .findOptions(Options.of(TextClassificationOptions.class, options), file);
  }
}
