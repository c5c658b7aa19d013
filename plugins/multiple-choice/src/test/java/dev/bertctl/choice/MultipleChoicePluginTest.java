// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.choice;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bertctl.spi.Task;
import dev.bertctl.spi.packing.Truncation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MultipleChoicePluginTest {

  private final MultipleChoicePlugin plugin = new MultipleChoicePlugin();

  @Test
  void savesTheModelOfTheReference() {
    Task<Question, Answer> task = plugin.create(() -> Truncation.ONLY_FIRST);
    assertEquals("BertForMultipleChoice", task.head().architecture());
    assertEquals(List.of(), task.head().labels());
    assertEquals(new ChoicePacking(Truncation.ONLY_FIRST), task.packing());
  }

  @Test
  void batchIsSixteenRowsOfFourChoices() {
    assertEquals(Map.of("train.batch-size", "64"), plugin.defaultSettings());
  }
}
