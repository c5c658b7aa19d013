// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.paraphrase;

import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.testkit.MemoryFile;
import dev.bertctl.spi.testkit.TaskPluginContract;
import java.util.List;
import java.util.Map;

class ParaphrasePluginContractTest extends TaskPluginContract<ParaphraseOptions> {

  @Override
  protected TaskPlugin<ParaphraseOptions> plugin() {
    return new ParaphrasePlugin();
  }

  @Override
  protected Map<String, String> options() {
    return Map.of("tune-threshold", "true", "goal", "f1");
  }

  @Override
  protected DataFile labelled() {
    return MemoryFile.rows(
        List.of(
            Map.of(
                "sentence1", "The ferry was late because of fog 😀.",
                "sentence2", "Fog held up the ferry 😀.",
                "label", "equivalent"),
            Map.of("question1", "Who won?", "question2", "Who lost?", "is_duplicate", 0L),
            Map.of(
                "#1 String", "Prices rose by 3 % .",
                "#2 String", "Prices went up 3 % .",
                "Quality", "1")));
  }

  @Override
  protected DataFile unlabelled() {
    return MemoryFile.rows(
        List.of(
            Map.of(
                "sentence1", "The ferry was late because of fog 😀.",
                "sentence2", "Fog held up the ferry 😀."),
            Map.of("question1", "Who won?", "question2", "Who lost?"),
            Map.of("#1 String", "Prices rose by 3 % .", "#2 String", "Prices went up 3 % .")));
  }
}
