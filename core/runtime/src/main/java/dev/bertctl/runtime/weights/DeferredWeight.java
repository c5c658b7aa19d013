// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.Supplier;

/**
 * A weight that is read, and where needed transposed, each time its values are asked for, so that
 * converting a model holds one weight in memory at a time.
 */
public final class DeferredWeight implements Weight {

  private final String name;
  private final List<Integer> shape;
  private final Supplier<FloatBuffer> source;

  /**
   * @param name canonical name, see {@link WeightTensor#name()}
   * @param shape dimensions
   * @param source reads the values
   */
  public DeferredWeight(String name, List<Integer> shape, Supplier<FloatBuffer> source) {
    this.name = name;
    this.shape = List.copyOf(shape);
    this.source = source;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<Integer> shape() {
    return shape;
  }

  @Override
  public FloatBuffer values() {
    return source.get();
  }

  @Override
  public DeferredWeight named(String name) {
    return new DeferredWeight(name, shape, source);
  }

  /** The transpose of a matrix: [rows, columns] to [columns, rows]. */
  public DeferredWeight transposed() {
    int rows = shape.get(0);
    int columns = shape.get(1);
    return new DeferredWeight(
        name, List.of(columns, rows), () -> transpose(source.get(), rows, columns));
  }

  private static FloatBuffer transpose(FloatBuffer values, int rows, int columns) {
    float[] row = new float[columns];
    float[] transposed = new float[rows * columns];
    for (int r = 0; r < rows; r++) {
      values.get(r * columns, row);
      for (int c = 0; c < columns; c++) {
        transposed[c * rows + r] = row[c];
      }
    }
    return FloatBuffer.wrap(transposed);
  }
}
