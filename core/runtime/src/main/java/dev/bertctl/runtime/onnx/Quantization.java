// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.bertctl.runtime.encoder.BertParameters;
import dev.bertctl.runtime.onnx.model.Attribute;
import dev.bertctl.runtime.onnx.model.Constant;
import dev.bertctl.runtime.onnx.model.GraphBuilder;
import dev.bertctl.runtime.onnx.model.OnnxDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Dynamic quantization to int8, without data: the kernels of the encoder's dense layers become int8
 * with one scale for each output, what is multiplied with them uint8 with one scale and zero point
 * for each batch. Word embeddings that no output layer shares are int8 with one scale for each
 * token. Pooler and head, where errors would go straight into the logits, attention scores, biases
 * and LayerNorms stay float32.
 *
 * <p>Dense layers in standard operators stay such, in the form that ONNX Runtime has one kernel
 * for; those in ONNX Runtime's own become its {@code DynamicQuantizeMatMul}.
 */
public final class Quantization {

  private final OnnxDefinition graph;
  private final WeightBits bits;
  private final Map<String, Constant> constants = new LinkedHashMap<>();
  private final Map<String, Integer> uses = new HashMap<>();
  private final Map<String, List<String>> quantizedInputs = new HashMap<>();
  private final List<NodeProto> nodes = new ArrayList<>();

  private Quantization(OnnxDefinition graph, WeightBits bits) {
    this.graph = graph;
    this.bits = bits;
    graph.initializers().forEach(constant -> constants.put(constant.name(), constant));
    graph
        .nodes()
        .forEach(node -> node.getInputList().forEach(input -> uses.merge(input, 1, Integer::sum)));
  }

  /** Quantizes a graph; its inputs and outputs stay the same. */
  public static OnnxDefinition of(OnnxDefinition graph, WeightBits bits) {
    return new Quantization(graph, bits).quantized();
  }

  private OnnxDefinition quantized() {
    graph.nodes().forEach(this::convert);
    return new OnnxDefinition(
        nodes, List.copyOf(constants.values()), graph.inputs(), graph.outputs());
  }

  private void convert(NodeProto node) {
    if (node.getOpType().equals("MatMul") && isKernel(node.getInput(1))) {
      product(node);
    } else if (node.getOpType().equals("Gemm") && isKernel(node.getInput(1))) {
      dense(node);
    } else if (node.getOpType().equals("Gather") && isTable(node.getInput(0))) {
      lookup(node);
    } else {
      nodes.add(node);
    }
  }

  /** One that nothing else reads. */
  private boolean isKernel(String input) {
    return constants.containsKey(input)
        && BertParameters.layerOf(input).isPresent()
        && uses.get(input) == 1;
  }

  private boolean isTable(String input) {
    return input.equals(BertParameters.WORD_EMBEDDINGS) && uses.get(input) == 1;
  }

  /** {@code (x - zero)·W} in int32, times both scales. */
  private void product(NodeProto node) {
    String x = node.getInput(0);
    QuantizedMatrix kernel = QuantizedMatrix.perColumn(constants.get(node.getInput(1)), bits);
    replace(node.getInput(1), kernel);
    List<String> quantized = quantizedInputs.computeIfAbsent(x, this::quantize);
    String name = node.getOutput(0);
    add(
        "MatMulInteger",
        List.of(quantized.get(0), kernel.values().name(), quantized.get(2)),
        List.of(name + "_int32"));
    add(
        "Cast",
        List.of(name + "_int32"),
        List.of(name + "_float"),
        Attribute.of("to", DataType.FLOAT.getNumber()));
    add("Mul", List.of(quantized.get(1), kernel.scales().name()), List.of(name + "_scale"));
    add("Mul", List.of(name + "_float", name + "_scale"), List.of(name));
  }

  /** Values, scale and zero point; several products of one input share them. */
  private List<String> quantize(String x) {
    List<String> values = List.of(x + "_uint8", x + "_uint8_scale", x + "_uint8_zero");
    add("DynamicQuantizeLinear", List.of(x), values);
    return values;
  }

  private void dense(NodeProto node) {
    QuantizedMatrix kernel =
        QuantizedMatrix.perRowTransposed(constants.get(node.getInput(1)), bits);
    replace(node.getInput(1), kernel);
    nodes.add(
        node.toBuilder()
            .setDomain(GraphBuilder.RUNTIME_DOMAIN)
            .setOpType("DynamicQuantizeMatMul")
            .clearAttribute()
            .clearInput()
            .addAllInput(
                List.of(
                    node.getInput(0),
                    kernel.values().name(),
                    kernel.scales().name(),
                    "",
                    node.getInput(2)))
            .build());
  }

  private void lookup(NodeProto node) {
    QuantizedMatrix table = QuantizedMatrix.perRow(constants.get(node.getInput(0)), bits);
    Constant scales =
        new Constant(
            table.scales().name(),
            DataType.FLOAT,
            List.of(table.scales().size(), 1L), // so that a token's is a row
            table.scales().values());
    replace(node.getInput(0), new QuantizedMatrix(table.values(), scales));
    String name = node.getOutput(0);
    String ids = node.getInput(1);
    add("Gather", List.of(table.values().name(), ids), List.of(name + "_int8"));
    add("Gather", List.of(scales.name(), ids), List.of(name + "_scale"));
    add(
        "Cast",
        List.of(name + "_int8"),
        List.of(name + "_float"),
        Attribute.of("to", DataType.FLOAT.getNumber()));
    add("Mul", List.of(name + "_float", name + "_scale"), List.of(name));
  }

  private void replace(String constant, QuantizedMatrix matrix) {
    constants.remove(constant);
    constants.put(matrix.values().name(), matrix.values());
    constants.put(matrix.scales().name(), matrix.scales());
  }

  private void add(
      String operator, List<String> inputs, List<String> outputs, AttributeProto... attributes) {
    nodes.add(
        NodeProto.newBuilder()
            .setName(outputs.get(0) + "/" + operator)
            .setOpType(operator)
            .addAllInput(inputs)
            .addAllOutput(outputs)
            .addAllAttribute(List.of(attributes))
            .build());
  }
}
