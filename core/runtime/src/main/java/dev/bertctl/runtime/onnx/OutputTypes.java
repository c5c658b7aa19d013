// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.bertctl.runtime.graph.HeadDefinition;
import dev.bertctl.runtime.onnx.model.ValueType;
import java.util.List;
import java.util.stream.IntStream;

/** Types of a graph's outputs. */
final class OutputTypes {

  /** A number. */
  static final ValueType SCALAR = new ValueType(DataType.FLOAT, List.of());

  private OutputTypes() {}

  /** A head's output, by its layout. */
  static ValueType of(String name, HeadDefinition.Output output) {
    String columns = output.columns().map(String::valueOf).orElse(name + "_columns");
    return new ValueType(
        DataType.FLOAT,
        switch (output.layout()) {
          case PER_FEATURE -> List.of("batch", columns);
          case PER_TOKEN -> List.of("batch", "sequence", columns);
          case PER_CHOICE -> List.of("batch", "choices");
          case PER_POSITION -> List.of("positions", columns);
        });
  }

  /** A value that passes from one graph to another; it is given a name for each dimension. */
  static ValueType of(String name, HeadDefinition.Value value) {
    DataType type =
        switch (value.type()) {
          case DT_FLOAT -> DataType.FLOAT;
          case DT_INT32 -> DataType.INT32;
          case DT_INT64 -> DataType.INT64;
          case DT_BOOL -> DataType.BOOL;
          default -> throw new IllegalStateException(name + " passes on " + value.type());
        };
    if (value.rank().isEmpty()) {
      return ValueType.ofAnyShape(type);
    }
    return new ValueType(
        type, IntStream.range(0, value.rank().getAsInt()).mapToObj(i -> name + "_" + i).toList());
  }
}
