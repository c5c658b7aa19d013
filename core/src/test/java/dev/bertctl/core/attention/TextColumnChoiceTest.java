// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.attention;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bertctl.core.data.DataFiles;
import dev.bertctl.core.data.FileSettings;
import dev.bertctl.spi.data.Row;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TextColumnChoiceTest {

  private static List<String> of(Object... namesAndValues) {
    Map<String, Object> row = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      row.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    try (Stream<Row> rows = DataFiles.ofRows("rows", List.of(row), FileSettings.DEFAULT).rows()) {
      return TextColumnChoice.of(rows.findFirst().orElseThrow());
    }
  }

  @Test
  void columnsOfSeveralWordsAreTexts() {
    assertEquals(List.of("a", "b"), of("id", "x#4", "a", "a dog", "b", "is it", "c", "a third"));
    assertEquals(List.of("text"), of("label", "yes", "text", "a dog", "stars", 4, "n", "1,200"));
  }

  @Test
  void chineseHasNoSpaces() {
    assertEquals(List.of("text"), of("label", "pos", "text", "很好吃"));
  }

  @Test
  void singleWordsAreTextsWhereThereIsNothingElse() {
    assertEquals(List.of("text"), of("id", "17", "text", "Great!", "empty", " "));
  }
}
