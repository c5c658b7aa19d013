// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.onnx.model;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.bertctl.runtime.weights.Weight;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.Supplier;

/**
 * A constant of a graph. Its values are read when they are asked for: weights may stay in their
 * file.
 *
 * @param name unique in its graph
 * @param type of the elements
 * @param shape dimensions; none for a scalar
 * @param values row-major: a {@link FloatBuffer} for float32, else a little-endian {@link
 *     ByteBuffer}; a new one each time, its position 0 and its limit the end
 */
public record Constant(
    String name, DataType type, List<Long> shape, Supplier<? extends Buffer> values) {

  /** Copies the shape. */
  public Constant {
    shape = List.copyOf(shape);
  }

  /** A weight as it is. */
  public static Constant of(Weight weight) {
    return new Constant(
        weight.name(),
        DataType.FLOAT,
        weight.shape().stream().map(Integer::longValue).toList(),
        weight::values);
  }

  /** Number of elements. */
  public long size() {
    return shape.stream().reduce(1L, Math::multiplyExact);
  }

  /** Bytes of an element. */
  public int elementBytes() {
    return switch (type) {
      case FLOAT, INT32 -> Float.BYTES;
      case INT64 -> Long.BYTES;
      case INT8, UINT8, BOOL -> 1;
      default -> throw new IllegalStateException("no constant is of type " + type);
    };
  }

  /** Bytes of all elements. */
  public long bytes() {
    return size() * elementBytes();
  }

  /** The values as bytes, little-endian. */
  public ByteBuffer toBytes() {
    Buffer buffer = values.get();
    if (buffer instanceof ByteBuffer bytes) {
      return bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }
    FloatBuffer floats = ((FloatBuffer) buffer).duplicate();
    ByteBuffer bytes =
        ByteBuffer.allocate(floats.remaining() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(floats);
    return bytes;
  }
}
