// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.qa;

import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.testkit.MemoryFile;
import dev.bertctl.spi.testkit.TaskPluginContract;
import java.util.List;
import java.util.Map;

class QaPluginContractTest extends TaskPluginContract<QaOptions> {

  private static final String PASSAGE =
      "😀 Marta Křížová opened her bakery in 1998. It sells rye bread, and on Sundays plum cake.";

  @Override
  protected TaskPlugin<QaOptions> plugin() {
    return new QaPlugin();
  }

  @Override
  protected DataFile labelled() {
    return MemoryFile.rows(
        List.of(
            row("1", "Who opened the bakery?", "Marta Křížová"),
            row("2", "When was it opened?", "1998"),
            row("3", "What is sold on Sundays?", "plum cake")));
  }

  @Override
  protected DataFile unlabelled() {
    return MemoryFile.rows(
        List.of(
            row("1", "Who opened the bakery?"),
            row("2", "When was it opened?"),
            row("3", "What is sold on Sundays?")));
  }

  private static Map<String, Object> row(String id, String question, String answer) {
    return Map.of("id", id, "question", question, "context", PASSAGE, "answers", List.of(answer));
  }

  private static Map<String, Object> row(String id, String question) {
    return Map.of("id", id, "question", question, "context", PASSAGE);
  }
}
