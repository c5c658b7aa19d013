// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.metric.Metric;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.testkit.MemoryFile;
import dev.bertctl.spi.testkit.TaskPluginContract;
import java.util.Map;

class MaskedLmPluginContractTest extends TaskPluginContract<MaskedLmOptions> {

  @Override
  protected TaskPlugin<MaskedLmOptions> plugin() {
    return new MaskedLmPlugin();
  }

  @Override
  protected DataFile labelled() {
    return MemoryFile.lines(
        "It rained 😀 all day.",
        "The children stayed at home and played chess.",
        "Then the sun came out.",
        "",
        "Bread needs flour, water and salt.",
        "Bake it for an hour.",
        "",
        "Trains run on rails.");
  }

  @Override
  protected DataFile unlabelled() {
    return MemoryFile.lines(
        "[MASK] rained 😀 all day.", "Bread needs [MASK].", "Trains run on rails.");
  }

  @Override
  protected Map<String, Matrix> outputs(Feature feature, Map<String, Matrix> scores) {
    return TestOutput.best(scores.get("masked"));
  }

  @Override
  protected Map<String, Double> losses(boolean right) {
    return Map.of("masked_lm", right ? 0.0 : 10.0);
  }

  @Override
  protected double bestScore(Metric<?, ?> metric) {
    return 1;
  }
}
