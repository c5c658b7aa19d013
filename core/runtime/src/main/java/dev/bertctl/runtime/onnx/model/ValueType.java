// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.onnx.model;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import java.util.List;
import java.util.Optional;

/**
 * Type of a graph's input or output.
 *
 * @param type of the elements
 * @param shape dimensions: numbers, or names of those that differ from batch to batch; empty if
 *     even their number is not known
 */
public record ValueType(DataType type, Optional<List<String>> shape) {

  /** A type of a known number of dimensions. */
  public ValueType(DataType type, List<String> shape) {
    this(type, Optional.of(List.copyOf(shape)));
  }

  /** A type of no known shape. */
  public static ValueType ofAnyShape(DataType type) {
    return new ValueType(type, Optional.empty());
  }

  TypeProto proto() {
    TypeProto.Tensor.Builder tensor = TypeProto.Tensor.newBuilder().setElemType(type.getNumber());
    shape.ifPresent(sizes -> tensor.setShape(dimensions(sizes)));
    return TypeProto.newBuilder().setTensorType(tensor).build();
  }

  private static TensorShapeProto dimensions(List<String> sizes) {
    TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
    for (String size : sizes) {
      dimensions.addDim(
          Character.isDigit(size.charAt(0))
              ? Dimension.newBuilder().setDimValue(Long.parseLong(size))
              : Dimension.newBuilder().setDimParam(size));
    }
    return dimensions.build();
  }
}
