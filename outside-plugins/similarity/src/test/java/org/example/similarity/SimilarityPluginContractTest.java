// SPDX-License-Identifier: Apache-2.0
package org.example.similarity;

import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.testkit.MemoryFile;
import dev.bertctl.spi.testkit.TaskPluginContract;
import java.util.List;
import java.util.Map;

class SimilarityPluginContractTest extends TaskPluginContract<SimilarityOptions> {

  @Override
  protected TaskPlugin<SimilarityOptions> plugin() {
    return new SimilarityPlugin();
  }

  @Override
  protected DataFile labelled() {
    return MemoryFile.rows(
        List.of(
            Map.of("sentence1", "A dog barks 😀.", "sentence2", "A dog is barking.", "score", 4.8),
            Map.of("sentence1", "It rains.", "sentence2", "The bank is closed.", "score", 0L),
            Map.of("sentence1", "Two cats play.", "sentence2", "Cats sleep.", "score", "1.4")));
  }

  @Override
  protected DataFile unlabelled() {
    return MemoryFile.rows(
        List.of(
            Map.of("sentence1", "A dog barks 😀.", "sentence2", "A dog is barking."),
            Map.of("sentence1", "It rains.", "sentence2", "The bank is closed."),
            Map.of("sentence1", "Two cats play.", "sentence2", "Cats sleep.")));
  }
}
