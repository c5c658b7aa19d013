// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.models;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** An ONNX graph with ways through it. Its weights stay in their files until they are used. */
final class OnnxGraph {

  private final OnnxTensors tensors;
  private final List<NodeProto> nodes;
  private final Map<String, TensorProto> constants = new HashMap<>();
  private final Map<String, NodeProto> producers = new HashMap<>();
  private final Map<String, List<NodeProto>> consumers = new HashMap<>();

  private OnnxGraph(GraphProto graph, OnnxTensors tensors) {
    this.tensors = tensors;
    // An operation that gives nothing has no part in what the model computes.
    nodes = graph.getNodeList().stream().filter(node -> node.getOutputCount() > 0).toList();
    graph.getInitializerList().forEach(tensor -> constants.put(tensor.getName(), tensor));
    nodes.forEach(this::add);
  }

  private void add(NodeProto node) {
    node.getOutputList().forEach(name -> producers.put(name, node));
    node.getInputList().stream()
        .distinct()
        .forEach(name -> consumers.computeIfAbsent(name, any -> new ArrayList<>()).add(node));
    // Exporters store equal tensors once: the others are the same by another name.
    if (node.getOpType().equals("Identity") && constants.containsKey(input(node, 0))) {
      constants.put(node.getOutput(0), constants.get(input(node, 0)));
    }
    if (node.getOpType().equals("Constant")) {
      attribute(node, "value").ifPresent(value -> constants.put(node.getOutput(0), value.getT()));
    }
  }

  static OnnxGraph read(Path file) {
    OnnxTensors tensors = new OnnxTensors(file);
    GraphProto graph = new OnnxReader(file).read();
    tensors.requireApart(graph.getInitializerList());
    return new OnnxGraph(graph, tensors);
  }

  /** Reads the numbers of tensors. */
  OnnxTensors tensors() {
    return tensors;
  }

  /** All nodes that give something, in an order in which they can be computed. */
  List<NodeProto> nodes() {
    return nodes;
  }

  /** The node that computes a value. */
  Optional<NodeProto> producer(String value) {
    return Optional.ofNullable(producers.get(value));
  }

  /** The node that computes a value, if it is of a type. */
  Optional<NodeProto> producer(String value, String type) {
    return producer(value).filter(node -> node.getOpType().equals(type));
  }

  /** The nodes that take a value. */
  List<NodeProto> consumers(String value) {
    return consumers.getOrDefault(value, List.of());
  }

  /** A constant: an initializer, by whatever name, or the value of a Constant node. */
  Optional<TensorProto> constant(String value) {
    return Optional.ofNullable(constants.get(value));
  }

  /** A constant with a number of dimensions. */
  Optional<TensorProto> constant(String value, int dimensions) {
    return constant(value).filter(tensor -> tensor.getDimsCount() == dimensions);
  }

  /** An input of a node; empty, which is the name of no value, if it has fewer. */
  static String input(NodeProto node, int index) {
    return index < node.getInputCount() ? node.getInput(index) : "";
  }

  /** A constant of one float. */
  Optional<Float> scalar(String value) {
    return constant(value)
        .filter(tensor -> tensor.getDataType() == TensorProto.DataType.FLOAT.getNumber())
        .flatMap(
            tensor -> {
              if (tensor.getFloatDataCount() == 1) {
                return Optional.of(tensor.getFloatData(0));
              }
              ByteBuffer bytes = tensors.bytes(tensor);
              return bytes.remaining() == Float.BYTES
                  ? Optional.of(bytes.getFloat())
                  : Optional.empty();
            });
  }

  /** A constant of integers; empty if the value is computed or of another type. */
  List<Long> wholes(String value) {
    return constant(value)
        .filter(tensor -> tensor.getDataType() == TensorProto.DataType.INT64.getNumber())
        .map(
            tensor -> {
              if (tensor.getInt64DataCount() > 0) {
                return tensor.getInt64DataList();
              }
              LongBuffer numbers = tensors.bytes(tensor).asLongBuffer();
              return IntStream.range(0, numbers.limit()).mapToObj(numbers::get).toList();
            })
        .orElse(List.of());
  }

  /** An attribute of a node. */
  static Optional<AttributeProto> attribute(NodeProto node, String name) {
    return node.getAttributeList().stream()
        .filter(attribute -> attribute.getName().equals(name))
        .findFirst();
  }
}
