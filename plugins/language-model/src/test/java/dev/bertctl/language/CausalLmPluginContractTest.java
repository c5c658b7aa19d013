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

class CausalLmPluginContractTest extends TaskPluginContract<TextOptions> {

  @Override
  protected TaskPlugin<TextOptions> plugin() {
    return new CausalLmPlugin();
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

  /** Of the right token, the score of a model that knows it is 10; of one that avoids it, -10. */
  @Override
  protected Map<String, Matrix> outputs(Feature feature, Map<String, Matrix> scores) {
    Matrix of = scores.get("target"); // [T,V]
    float[] values = new float[of.rows()];
    for (int token = 0; token + 1 < values.length; token++) {
      float score = of.at(token, feature.sequence().ids()[token + 1]);
      values[token] = score > 0 ? 0 : score - 1;
    }
    return Map.of("next_log_probabilities", new Matrix(values, values.length, 1));
  }

  @Override
  protected double bestScore(Metric<?, ?> metric) {
    return 1;
  }
}
