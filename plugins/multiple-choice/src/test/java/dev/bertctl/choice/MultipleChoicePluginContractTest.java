// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.choice;

import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.testkit.MemoryFile;
import dev.bertctl.spi.testkit.TaskPluginContract;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

class MultipleChoicePluginContractTest extends TaskPluginContract<MultipleChoiceOptions> {

  private static final List<Map<String, Object>> ROWS =
      List.of(
          Map.of(
              "context",
              "The kettle whistles 😀.",
              "question",
              "What does Ada do?",
              "choices",
              List.of("She pours the tea.", "She mows the lawn.", "She swims."),
              "label",
              0L),
          Map.of(
              "ctx", "The lamp went out, so",
              "endings", List.of("he changed the bulb.", "he painted the fence."),
              "label", "he changed the bulb."),
          Map.of(
              "sent1", "A man stands at the bus stop.",
              "sent2", "He",
              "ending0", "eats the bus.",
              "ending1", "looks at his watch.",
              "ending2", "is a tree.",
              "ending3", "flies south.",
              "label", "1"),
          Map.of(
              "InputSentence1", "Tom was hungry.",
              "InputSentence2", "He went to the kitchen.",
              "InputSentence3", "The bread was gone.",
              "InputSentence4", "He took his coat.",
              "RandomFifthSentenceQuiz1", "He went to bed.",
              "RandomFifthSentenceQuiz2", "He went to the baker.",
              "AnswerRightEnding", 2L));

  @Override
  protected TaskPlugin<MultipleChoiceOptions> plugin() {
    return new MultipleChoicePlugin();
  }

  @Override
  protected DataFile labelled() {
    return MemoryFile.rows(ROWS);
  }

  @Override
  protected DataFile unlabelled() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Map<String, Object> row : ROWS) {
      Map<String, Object> rest = new LinkedHashMap<>(row);
      rest.remove("AnswerRightEnding");
      rest.remove("label");
      rows.add(rest);
    }
    rows.get(2).put("label", ""); // as in a test set whose labels are kept back
    return MemoryFile.rows(rows);
  }
}
