// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.testkit.MemoryFile;
import dev.bertctl.spi.testkit.TaskPluginContract;
import java.util.Map;

class FillMaskPluginContractTest extends TaskPluginContract<FillMaskOptions> {

  @Override
  protected TaskPlugin<FillMaskOptions> plugin() {
    return new FillMaskPlugin();
  }

  @Override
  protected DataFile labelled() {
    return MemoryFile.lines(
        "[MASK] rained 😀 all day.",
        "Bread [MASK] flour.",
        "[MASK] run on rails and on roads too.");
  }

  @Override
  protected DataFile unlabelled() {
    return labelled();
  }

  @Override
  protected Map<String, Matrix> outputs(Feature feature, Map<String, Matrix> scores) {
    int masks = feature.positions().length;
    return TestOutput.top(new float[masks * 5], new float[masks * 5], 5);
  }
}
