// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.bertctl.runtime.onnx.model.Constant;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * A matrix as int8 and one scale for each row or column, symmetric: a row (0.5, -1.27) has the
 * scale 0.01 and the values (50, -127).
 *
 * @param values int8, of the matrix' shape or its transpose
 * @param scales float32, one for each row of the matrix or each column
 */
record QuantizedMatrix(Constant values, Constant scales) {

  /** Of each row; the values keep their order. */
  static QuantizedMatrix perRow(Constant matrix, WeightBits bits) {
    return of(matrix, bits, true, false);
  }

  /** Of each column; the values keep their order. */
  static QuantizedMatrix perColumn(Constant matrix, WeightBits bits) {
    return of(matrix, bits, false, false);
  }

  /** Of each row, which becomes a column of the values. */
  static QuantizedMatrix perRowTransposed(Constant matrix, WeightBits bits) {
    return of(matrix, bits, true, true);
  }

  private static QuantizedMatrix of(
      Constant matrix, WeightBits bits, boolean byRow, boolean transposed) {
    int rows = Math.toIntExact(matrix.shape().get(0));
    int columns = Math.toIntExact(matrix.shape().get(1));
    FloatBuffer source = (FloatBuffer) matrix.values().get();
    float[] scales = scales(source, rows, columns, byRow, bits);
    byte[] values = new byte[rows * columns];
    float[] row = new float[columns];
    for (int r = 0; r < rows; r++) {
      source.get(r * columns, row);
      for (int c = 0; c < columns; c++) {
        float scale = scales[byRow ? r : c];
        values[transposed ? c * rows + r : r * columns + c] =
            (byte) (scale == 0 ? 0 : Math.rint(row[c] / scale));
      }
    }
    List<Long> shape = transposed ? List.of((long) columns, (long) rows) : matrix.shape();
    return new QuantizedMatrix(
        new Constant(matrix.name() + "_int8", DataType.INT8, shape, () -> ByteBuffer.wrap(values)),
        new Constant(
            matrix.name() + "_scale",
            DataType.FLOAT,
            List.of((long) scales.length),
            () -> FloatBuffer.wrap(scales)));
  }

  private static float[] scales(
      FloatBuffer source, int rows, int columns, boolean byRow, WeightBits bits) {
    float[] scales = new float[byRow ? rows : columns];
    float[] row = new float[columns];
    for (int r = 0; r < rows; r++) {
      source.get(r * columns, row);
      for (int c = 0; c < columns; c++) {
        int index = byRow ? r : c;
        scales[index] = Math.max(scales[index], Math.abs(row[c]));
      }
    }
    for (int i = 0; i < scales.length; i++) {
      scales[i] /= bits.largest();
    }
    return scales;
  }
}
