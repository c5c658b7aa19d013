// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.classification;

import static dev.bertctl.classification.Reading.row;

import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.testkit.MemoryFile;
import dev.bertctl.spi.testkit.TaskPluginContract;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;

class RegressionPluginContractTest {

  private abstract static class Contract extends TaskPluginContract<RegressionOptions> {

    @Override
    protected TaskPlugin<RegressionOptions> plugin() {
      return new RegressionPlugin();
    }
  }

  /** STS-B, as GLUE distributes it. */
  @Nested
  class OneNumber extends Contract {

    private final MemoryFile rows =
        MemoryFile.rows(
            List.of(
                row(
                    "index", "0",
                    "sentence1", "A plane is taking off 😀.",
                    "sentence2", "An air plane is taking off.",
                    "score", "5.000"),
                row("sentence1", "A man smokes.", "sentence2", "A man skates.", "score", "0.500"),
                row("sentence1", "It rains.", "sentence2", "It snows.", "score", "1.25")));

    @Override
    protected DataFile labelled() {
      return rows;
    }

    @Override
    protected DataFile unlabelled() {
      return rows.without("score");
    }
  }

  @Nested
  class SeveralNumbers extends Contract {

    @Override
    protected Map<String, String> options() {
      return Map.of("targets", "valence,arousal", "goal", "rmse");
    }

    @Override
    protected DataFile labelled() {
      return MemoryFile.rows(
          List.of(
              row("text", "What a wonderful day it was 😀!", "valence", 4.5, "arousal", 3.75),
              row("text", "Oh.", "valence", 2, "arousal", 1),
              row("text", "Help!", "valence", 1.25, "arousal", 5)));
    }

    @Override
    protected DataFile unlabelled() {
      return MemoryFile.rows(
          List.of(
              row("text", "What a wonderful day it was 😀!"),
              row("text", "Oh."),
              row("text", "Help!")));
    }
  }
}
