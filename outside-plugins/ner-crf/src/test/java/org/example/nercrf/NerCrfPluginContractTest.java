// SPDX-License-Identifier: Apache-2.0
package org.example.nercrf;

import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.head.HeadOutput;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Target;
import dev.bertctl.spi.testkit.MemoryFile;
import dev.bertctl.spi.testkit.TaskPluginContract;
import java.util.Map;

class NerCrfPluginContractTest extends TaskPluginContract<NerCrfOptions> {

  @Override
  protected TaskPlugin<NerCrfOptions> plugin() {
    return new NerCrfPlugin();
  }

  @Override
  protected DataFile labelled() {
    return MemoryFile.lines(
        "- \"[Anastasia Weber](person) lives in [Graz](place) 😀, not in [Linz](place).\"",
        "- The bridge opens at nine.",
        "- Ask [Tom](person), [Graz](place)!");
  }

  @Override
  protected DataFile unlabelled() {
    return MemoryFile.lines(
        "- Anastasia Weber lives in Graz 😀, not in Linz.",
        "- The bridge opens at nine.",
        "- Ask Tom, Graz!");
  }

  /** The score of a label is the same after each other label. */
  @Override
  protected Map<String, Matrix> outputs(Feature feature, Map<String, Matrix> targets) {
    Matrix scores = targets.get(Target.MAIN);
    int states = scores.columns() + 1;
    float[] steps = new float[scores.rows() * states * states];
    for (int i = 0; i < steps.length; i++) {
      int label = i % states;
      steps[i] = label < scores.columns() ? scores.at(i / (states * states), label) : 0;
    }
    return Map.of(HeadOutput.LOGITS, new Matrix(steps, scores.rows(), states * states));
  }
}
