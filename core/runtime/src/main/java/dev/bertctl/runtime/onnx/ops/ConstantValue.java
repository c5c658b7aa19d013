// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.onnx.ops;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.LongStream;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/**
 * The value of one of TensorFlow's {@code Const} nodes.
 *
 * @param type of the elements
 * @param shape dimensions
 * @param tensor the message; where it has fewer values than elements, the last one fills the rest
 */
record ConstantValue(DataType type, List<Long> shape, TensorProto tensor) {

  static ConstantValue of(NodeDef node) {
    TensorProto tensor = node.getAttrOrThrow("value").getTensor();
    return new ConstantValue(
        tensor.getDtype(),
        tensor.getTensorShape().getDimList().stream().map(TensorShapeProto.Dim::getSize).toList(),
        tensor);
  }

  private int size() {
    return Math.toIntExact(shape.stream().reduce(1L, Math::multiplyExact));
  }

  /** Values of an integer type. */
  long[] longs() {
    long[] values = new long[size()];
    ByteBuffer content = content();
    for (int i = 0; i < values.length; i++) {
      values[i] =
          type == DataType.DT_INT64
              ? content.hasRemaining()
                  ? content.getLong()
                  : tensor.getInt64Val(Math.min(i, tensor.getInt64ValCount() - 1))
              : content.hasRemaining()
                  ? content.getInt()
                  : tensor.getIntVal(Math.min(i, tensor.getIntValCount() - 1));
    }
    return values;
  }

  /** Values of int32. */
  int[] ints() {
    return LongStream.of(longs()).mapToInt(Math::toIntExact).toArray();
  }

  /** Values of float32. */
  float[] floats() {
    float[] values = new float[size()];
    ByteBuffer content = content();
    for (int i = 0; i < values.length; i++) {
      values[i] =
          content.hasRemaining()
              ? content.getFloat()
              : tensor.getFloatVal(Math.min(i, tensor.getFloatValCount() - 1));
    }
    return values;
  }

  /** Values of a boolean type, a byte each. */
  byte[] booleans() {
    byte[] values = new byte[size()];
    ByteBuffer content = content();
    for (int i = 0; i < values.length; i++) {
      boolean value =
          content.hasRemaining()
              ? content.get() != 0
              : tensor.getBoolVal(Math.min(i, tensor.getBoolValCount() - 1));
      values[i] = (byte) (value ? 1 : 0);
    }
    return values;
  }

  private ByteBuffer content() {
    return tensor.getTensorContent().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }
}
