// SPDX-License-Identifier: Apache-2.0
package org.example.sentiment;

import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.testkit.MemoryFile;
import dev.bertctl.spi.testkit.TaskPluginContract;
import java.util.List;
import java.util.Map;

class SentimentPluginContractTest extends TaskPluginContract<SentimentOptions> {

  @Override
  protected TaskPlugin<SentimentOptions> plugin() {
    return new SentimentPlugin();
  }

  @Override
  protected DataFile labelled() {
    return MemoryFile.rows(
        List.of(
            Map.of("text", "A lovely little place 😀.", "label", "positive"),
            Map.of("text", "Cold soup, colder waiters, never again.", "label", "negative"),
            Map.of("text", "Go.", "label", "positive")));
  }

  @Override
  protected DataFile unlabelled() {
    return MemoryFile.rows(
        List.of(
            Map.of("text", "A lovely little place 😀."),
            Map.of("text", "Cold soup, colder waiters, never again."),
            Map.of("text", "Go.")));
  }
}
