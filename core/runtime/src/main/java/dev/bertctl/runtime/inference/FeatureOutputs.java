// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.inference;

import dev.bertctl.runtime.packing.Batch;
import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.head.Layout;
import dev.bertctl.spi.packing.Feature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes a batch's outputs apart, one feature each, and removes the padding. */
public final class FeatureOutputs {

  private final Batch batch;
  private final List<Map<String, Matrix>> features;

  /**
   * @param batch what was run
   */
  public FeatureOutputs(Batch batch) {
    this.batch = batch;
    this.features = new ArrayList<>(batch.size());
    for (int i = 0; i < batch.size(); i++) {
      features.add(new LinkedHashMap<>());
    }
  }

  /**
   * Adds an output of the batch.
   *
   * @param values row-major
   * @param shape as the layout says
   */
  public void add(String name, Layout layout, float[] values, long[] shape) {
    int columns = layout == Layout.PER_CHOICE ? 1 : Math.toIntExact(shape[shape.length - 1]);
    int row = 0;
    for (int i = 0; i < batch.size(); i++) {
      Feature feature = batch.features().get(i);
      int rows =
          switch (layout) {
            case PER_FEATURE -> 1;
            case PER_TOKEN -> feature.sequence().length();
            case PER_CHOICE -> feature.sequences().size();
            case PER_POSITION -> feature.positions().length;
          };
      int from = row * columns;
      float[] own = Arrays.copyOfRange(values, from, from + rows * columns);
      features.get(i).put(name, new Matrix(own, rows, columns));
      row +=
          switch (layout) {
            case PER_FEATURE -> 1;
            case PER_TOKEN -> batch.tokens();
            case PER_CHOICE -> batch.choices();
            case PER_POSITION -> rows;
          };
    }
  }

  /** Each feature's outputs by name. */
  public List<Map<String, Matrix>> features() {
    return features;
  }
}
