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
 * Writes {@link ModelFiles} as older versions of PyTorch export it to ONNX: kernels anonymous and
 * transposed, each the factor of a product that a named bias is added to, LayerNorm and GELU as
 * their arithmetic.
 */
public final class TinyOnnx {

  private final GraphProto.Builder graph = GraphProto.newBuilder();
  private final Map<String, WeightTensor> weights;
  private int anonymous = 500;

  private TinyOnnx(Map<String, WeightTensor> weights) {
    this.weights = weights;
  }

  /** The model, with exact GELU and an epsilon of 1e-12; a kernel that is missing is left out. */
  public static ModelProto.Builder model(Map<String, WeightTensor> weights) {
    TinyOnnx onnx = new TinyOnnx(weights);
    weights.values().stream().filter(weight -> !isKernel(weight)).forEach(onnx::add);
    onnx.constants();
    String states = onnx.norm("embeddings.LayerNorm", onnx.embeddings());
    for (int i = 0; i < ModelFiles.CONFIG.layers(); i++) {
      states = onnx.layer("encoder.layer." + i + ".", states);
    }
    onnx.pooler(states);
    return ModelProto.newBuilder().setGraph(onnx.graph);
  }

  private void constants() {
    constant("heads", wholes(2));
    constant("head_size", wholes(4));
    constant("epsilon", scalar(1e-12f));
    constant("two", scalar(2));
    constant("one", scalar(1));
    constant("half", scalar(0.5f));
    constant("root_of_two", scalar((float) Math.sqrt(2)));
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName("embeddings.position_ids")
            .addDims(1)
            .setDataType(TensorProto.DataType.INT64.getNumber())
            .addInt64Data(0));
  }

  private String embeddings() {
    String words = gather("word", "input_ids");
    String segments = gather("token_type", "token_type_ids");
    String positions = gather("position", "embeddings.position_ids");
    return node("Add", "/embeddings", node("Add", "/words", words, segments), positions);
  }

  private String gather(String table, String ids) {
    return node("Gather", "/" + table, "embeddings." + table + "_embeddings.weight", ids);
  }

  private String layer(String name, String states) {
    String heads = name + "attention.self.";
    node("Concat", heads + "shape", "batch", "length", "heads", "head_size");
    String query = dense(heads + "query", states);
    query = node("Transpose", heads + "q", node("Reshape", heads + "q4", query, heads + "shape"));
    String key = dense(heads + "key", states);
    key = node("Transpose", heads + "k", node("Reshape", heads + "k4", key, heads + "shape"));
    String value = dense(heads + "value", states);
    value = node("Transpose", heads + "v", node("Reshape", heads + "v4", value, heads + "shape"));
    String weights = node("Softmax", heads + "p", node("MatMul", heads + "qk", query, key));
    String context = node("Transpose", heads + "c", node("MatMul", heads + "pv", weights, value));
    context = node("Reshape", heads + "context", context, "states_shape");
    String attention =
        norm(
            name + "attention.output.LayerNorm",
            node(
                "Add", name + "attended", dense(name + "attention.output.dense", context), states));
    String inner = gelu(name + "gelu", dense(name + "intermediate.dense", attention));
    return norm(
        name + "output.LayerNorm",
        node("Add", name + "result", dense(name + "output.dense", inner), attention));
  }

  private void pooler(String states) {
    constant("first", wholes(0));
    node("Tanh", "pooled", dense("pooler.dense", node("Gather", "/first", states, "first")));
  }

  private String dense(String name, String input) {
    WeightTensor kernel = weights.get(name + ".weight");
    if (kernel == null) {
      return input;
    }
    int rows = kernel.shape().get(0);
    int columns = kernel.shape().get(1);
    String anonymously = "onnx::MatMul_" + anonymous++;
    graph.addInitializer(
        tensor(
            anonymously,
            List.of(columns, rows),
            i -> kernel.values().get(i % rows * columns + i / rows)));
    String product = node("MatMul", "/product/" + name, input, anonymously);
    // Exports put the bias first or second.
    return anonymous % 2 == 0
        ? node("Add", "/sum/" + name, name + ".bias", product)
        : node("Add", "/sum/" + name, product, name + ".bias");
  }

  private String norm(String name, String input) {
    String centred = node("Sub", name + "/c", input, node("ReduceMean", name + "/m", input));
    String square = node("Pow", name + "/s", centred, "two");
    String variance = node("ReduceMean", name + "/v", square);
    String deviation = node("Sqrt", name + "/d", node("Add", name + "/e", variance, "epsilon"));
    String scaled =
        node("Mul", name + "/n", node("Div", name + "/q", centred, deviation), name + ".weight");
    return node("Add", name + "/r", scaled, name + ".bias");
  }

  private String gelu(String name, String input) {
    String erf = node("Erf", name + "/erf", node("Div", name + "/x", input, "root_of_two"));
    String sum = node("Add", name + "/sum", erf, "one");
    return node("Mul", name, node("Mul", name + "/twice", input, sum), "half");
  }

  private static boolean isKernel(WeightTensor weight) {
    return weight.shape().size() == 2 && !weight.name().contains("_embeddings");
  }

  private void add(WeightTensor weight) {
    graph.addInitializer(tensor(weight.name(), weight.shape(), weight.values()::get));
  }

  private String node(String type, String output, String... inputs) {
    graph.addNode(
        NodeProto.newBuilder().setOpType(type).addOutput(output).addAllInput(List.of(inputs)));
    return output;
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
