// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.models;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import dev.bertctl.runtime.huggingface.ModelFiles;
import dev.bertctl.runtime.weights.WeightTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;

/**
 * Writes {@link ModelFiles} as PyTorch exports it to ONNX: kernels anonymous and transposed, each
 * the factor of a product that a named bias is added to. Only what a reader of weights and
 * architecture looks at is there; the graph computes nothing.
 */
public final class TinyOnnx {

  private final GraphProto.Builder graph = GraphProto.newBuilder();
  private int anonymous = 500;

  private TinyOnnx() {}

  /** The model, with exact GELU and an epsilon of 1e-12. */
  public static ModelProto.Builder model(Map<String, WeightTensor> weights) {
    TinyOnnx onnx = new TinyOnnx();
    weights.values().forEach(onnx::add);
    onnx.constant("heads", wholes(2));
    onnx.constant("head_size", wholes(4));
    onnx.node("Concat", "shape", "batch", "length", "heads", "head_size");
    onnx.node("Reshape", "split", "keys", "shape");
    onnx.constant("epsilon", scalar(1e-12f));
    onnx.node("Add", "variance_and_epsilon", "variance", "epsilon");
    onnx.node("Sqrt", "deviation", "variance_and_epsilon");
    onnx.node("Erf", "erf", "x");
    onnx.graph.addInitializer(
        TensorProto.newBuilder()
            .setName("embeddings.position_ids")
            .addDims(1)
            .setDataType(TensorProto.DataType.INT64.getNumber())
            .addInt64Data(0));
    return ModelProto.newBuilder().setGraph(onnx.graph);
  }

  private void add(WeightTensor weight) {
    boolean kernel = weight.shape().size() == 2 && !weight.name().contains("_embeddings");
    if (!kernel) {
      graph.addInitializer(tensor(weight.name(), weight.shape(), weight.values()::get));
      return;
    }
    int rows = weight.shape().get(0);
    int columns = weight.shape().get(1);
    String name = "onnx::MatMul_" + anonymous++;
    graph.addInitializer(
        tensor(
            name, List.of(columns, rows), i -> weight.values().get(i % rows * columns + i / rows)));
    String bias = weight.name().replace(".weight", ".bias");
    node("MatMul", "/product/" + weight.name(), "input", name);
    // Exports put the bias first or second.
    if (anonymous % 2 == 0) {
      node("Add", "/sum/" + weight.name(), bias, "/product/" + weight.name());
    } else {
      node("Add", "/sum/" + weight.name(), "/product/" + weight.name(), bias);
    }
  }

  private void node(String type, String output, String... inputs) {
    graph.addNode(
        NodeProto.newBuilder().setOpType(type).addOutput(output).addAllInput(List.of(inputs)));
  }

  private void constant(String name, TensorProto value) {
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType("Constant")
            .addOutput(name)
            .addAttribute(AttributeProto.newBuilder().setName("value").setT(value)));
  }

  private static TensorProto wholes(long value) {
    return TensorProto.newBuilder()
        .addDims(1)
        .setDataType(TensorProto.DataType.INT64.getNumber())
        .addInt64Data(value)
        .build();
  }

  private static TensorProto scalar(float value) {
    return tensor("", List.of(), i -> value);
  }

  private interface Values {
    float get(int index);
  }

  private static TensorProto tensor(String name, List<Integer> shape, Values values) {
    int size = shape.stream().reduce(1, (a, b) -> a * b);
    ByteBuffer raw = ByteBuffer.allocate(size * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < size; i++) {
      raw.putFloat(values.get(i));
    }
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.FLOAT.getNumber())
            .setRawData(ByteString.copyFrom(raw.flip()));
    shape.forEach(tensor::addDims);
    return tensor.build();
  }
}
