// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.testkit.MemoryFile;
import dev.bertctl.spi.testkit.TaskPluginContract;
import java.util.List;
import java.util.Map;

class NextSentencePluginContractTest extends TaskPluginContract<NextSentenceOptions> {

  @Override
  protected TaskPlugin<NextSentenceOptions> plugin() {
    return new NextSentencePlugin();
  }

  @Override
  protected DataFile labelled() {
    return MemoryFile.rows(
        List.of(
            Map.of("first", "It rained 😀 all day.", "second", "We stayed in.", "label", "is_next"),
            Map.of("first", "It rained.", "second", "Trains run on rails.", "label", 1L),
            Map.of("first", "Bread needs flour.", "second", "It bakes.", "label", "is_next")));
  }

  @Override
  protected DataFile unlabelled() {
    return MemoryFile.rows(
        List.of(
            Map.of("first", "It rained 😀 all day.", "second", "We stayed in."),
            Map.of("first", "It rained.", "second", "Trains run on rails."),
            Map.of("first", "Bread needs flour.", "second", "It bakes.")));
  }

  @Override
  protected Map<String, Matrix> outputs(Feature feature, Map<String, Matrix> scores) {
    return Map.of("logits", scores.get("next-sentence"));
  }
}
