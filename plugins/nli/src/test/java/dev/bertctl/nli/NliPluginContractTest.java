// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.nli;

import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.testkit.MemoryFile;
import dev.bertctl.spi.testkit.TaskPluginContract;
import java.util.List;
import java.util.Map;

class NliPluginContractTest extends TaskPluginContract<NliOptions> {

  @Override
  protected TaskPlugin<NliOptions> plugin() {
    return new NliPlugin();
  }

  @Override
  protected DataFile labelled() {
    return MemoryFile.rows(
        List.of(
            Map.of(
                "premise", "Two children play football in the rain 😀.",
                "hypothesis", "Children are outside.",
                "label", "entailment"),
            Map.of("premise", "The shop is closed.", "hypothesis", "It is open.", "label", 2L),
            Map.of(
                "premise",
                "Anna reads.",
                "hypothesis",
                "Anna reads a novel.",
                "label",
                "neutral")));
  }

  @Override
  protected DataFile unlabelled() {
    return MemoryFile.rows(
        List.of(
            Map.of(
                "premise", "Two children play football in the rain 😀.",
                "hypothesis", "Children are outside."),
            Map.of("premise", "The shop is closed.", "hypothesis", "It is open."),
            Map.of("premise", "Anna reads.", "hypothesis", "Anna reads a novel.")));
  }
}
