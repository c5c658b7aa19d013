// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import dev.bertctl.runtime.inference.FeatureOutputs;
import dev.bertctl.runtime.packing.Batch;
import dev.bertctl.runtime.tensorflow.SessionRun;
import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.head.HeadOutput;
import java.util.List;
import java.util.Map;

/** Fetches a batch's outputs. */
final class BatchOutputs {

  private final Map<String, HeadOutput.Values> outputs;

  /**
   * @param outputs the head's, in the order in which they are fetched first
   */
  BatchOutputs(Map<String, HeadOutput.Values> outputs) {
    this.outputs = outputs;
  }

  /** Asks for them. */
  void fetch(SessionRun run) {
    outputs.values().forEach(output -> run.fetch(output.values()));
  }

  /** Each feature's outputs by name. */
  List<Map<String, Matrix>> split(SessionRun run, Batch batch) {
    FeatureOutputs features = new FeatureOutputs(batch);
    int index = 0;
    for (Map.Entry<String, HeadOutput.Values> output : outputs.entrySet()) {
      features.add(
          output.getKey(), output.getValue().layout(), run.floats(index), run.shape(index));
      index++;
    }
    return features.features();
  }
}
