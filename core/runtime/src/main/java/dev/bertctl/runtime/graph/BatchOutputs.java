// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import dev.bertctl.runtime.packing.Batch;
import dev.bertctl.runtime.tensorflow.SessionRun;
import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.head.HeadOutput;
import dev.bertctl.spi.head.Layout;
import dev.bertctl.spi.packing.Feature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes a batch's outputs apart, one feature each, and removes the padding. */
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
    List<Map<String, Matrix>> features = new ArrayList<>(batch.size());
    for (int i = 0; i < batch.size(); i++) {
      features.add(new LinkedHashMap<>());
    }
    int index = 0;
    for (Map.Entry<String, HeadOutput.Values> output : outputs.entrySet()) {
      List<Matrix> parts =
          split(run.floats(index), run.shape(index), output.getValue().layout(), batch);
      for (int i = 0; i < parts.size(); i++) {
        features.get(i).put(output.getKey(), parts.get(i));
      }
      index++;
    }
    return features;
  }

  private static List<Matrix> split(float[] values, long[] shape, Layout layout, Batch batch) {
    int columns = layout == Layout.PER_CHOICE ? 1 : Math.toIntExact(shape[shape.length - 1]);
    List<Matrix> parts = new ArrayList<>(batch.size());
    int row = 0;
    for (Feature feature : batch.features()) {
      int rows =
          switch (layout) {
            case PER_FEATURE -> 1;
            case PER_TOKEN -> feature.sequence().length();
            case PER_CHOICE -> feature.sequences().size();
            case PER_POSITION -> feature.positions().length;
          };
      int from = row * columns;
      parts.add(new Matrix(Arrays.copyOfRange(values, from, from + rows * columns), rows, columns));
      row +=
          switch (layout) {
            case PER_FEATURE -> 1;
            case PER_TOKEN -> batch.tokens();
            case PER_CHOICE -> batch.choices();
            case PER_POSITION -> rows;
          };
    }
    return parts;
  }
}
