// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.qa;

import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.testkit.MemoryFile;
import dev.bertctl.spi.testkit.TaskPluginContract;
import java.util.List;
import java.util.Map;

/** The contract with data like SQuAD 2.0's, where a passage may lack the answer. */
class UnanswerableContractTest extends TaskPluginContract<QaOptions> {

  private static final String PASSAGE =
      "The ferry to the island leaves at nine. It carries forty cars, and dogs travel free.";

  @Override
  protected TaskPlugin<QaOptions> plugin() {
    return new QaPlugin();
  }

  @Override
  protected DataFile labelled() {
    return MemoryFile.json(
        Samples.squad(
            PASSAGE,
            List.of(
                qa("a", "When does the ferry leave?", List.of(answer("nine"))),
                qa(
                    "b",
                    "How many cars does it carry?",
                    List.of(answer("forty"), answer("forty cars"))),
                qa("c", "Who is the captain?", List.of()),
                qa("d", "What does a bicycle cost?", List.of()))));
  }

  @Override
  protected DataFile unlabelled() {
    return MemoryFile.json(
        Samples.squad(
            PASSAGE,
            List.of(
                Map.of("id", "a", "question", "When does the ferry leave?"),
                Map.of("id", "b", "question", "How many cars does it carry?"),
                Map.of("id", "c", "question", "Who is the captain?"),
                Map.of("id", "d", "question", "What does a bicycle cost?"))));
  }

  private static Map<String, Object> qa(
      String id, String question, List<Map<String, Object>> answers) {
    return Map.of(
        "id", id, "question", question, "answers", answers, "is_impossible", answers.isEmpty());
  }

  private static Map<String, Object> answer(String text) {
    return Map.of("text", text, "answer_start", (long) PASSAGE.indexOf(text));
  }
}
