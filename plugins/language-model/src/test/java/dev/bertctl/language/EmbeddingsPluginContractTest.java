// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.testkit.MemoryFile;
import dev.bertctl.spi.testkit.TaskPluginContract;
import java.util.Map;

class EmbeddingsPluginContractTest extends TaskPluginContract<EmbeddingsOptions> {

  @Override
  protected TaskPlugin<EmbeddingsOptions> plugin() {
    return new EmbeddingsPlugin();
  }

  @Override
  protected DataFile labelled() {
    return MemoryFile.lines("It rained 😀 all day, and the sun hid.", "", "Trains run on rails.");
  }

  @Override
  protected DataFile unlabelled() {
    return labelled();
  }

  @Override
  protected Map<String, Matrix> outputs(Feature feature, Map<String, Matrix> scores) {
    return Map.of("embedding", new Matrix(new float[] {0.6f, 0.8f}, 1, 2));
  }
}
