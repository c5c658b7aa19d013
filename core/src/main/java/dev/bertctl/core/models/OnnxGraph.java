// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.models;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.weights.StoredFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * An ONNX graph with ways through it. Its weights are parts of the one copy of the file in memory.
 */
final class OnnxGraph {

  private final List<NodeProto> nodes;
  private final Map<String, TensorProto> initializers = new HashMap<>();
  private final Map<String, NodeProto> producers = new HashMap<>();

  private OnnxGraph(GraphProto graph) {
    nodes = graph.getNodeList();
    graph.getInitializerList().forEach(tensor -> initializers.put(tensor.getName(), tensor));
    nodes.forEach(node -> node.getOutputList().forEach(name -> producers.put(name, node)));
  }

  static OnnxGraph read(Path file) {
    try {
      StoredFile stored = StoredFile.of(file);
      ByteBuffer bytes = stored.read(0, stored.bytes(), "the model");
      CodedInputStream input = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
      input.enableAliasing(true);
      ModelProto model = ModelProto.parseFrom(input);
      if (model.getGraph().getNodeCount() == 0) {
        throw FileException.damaged(file, "it holds no graph");
      }
      return new OnnxGraph(model.getGraph());
    } catch (InvalidProtocolBufferException e) {
      throw FileException.damaged(file, "it is not an ONNX model");
    } catch (IOException e) {
      throw FileException.reading(file, e);
    }
  }

  /** All nodes, in an order in which they can be computed. */
  List<NodeProto> nodes() {
    return nodes;
  }

  /** Tensors that are stored with the graph, by name. */
  Map<String, TensorProto> initializers() {
    return initializers;
  }

  /** The node that computes a value. */
  Optional<NodeProto> producer(String value) {
    return Optional.ofNullable(producers.get(value));
  }

  /** The node that computes a value, if it is of a type. */
  Optional<NodeProto> producer(String value, String type) {
    return producer(value).filter(node -> node.getOpType().equals(type));
  }

  /** A constant: an initializer or the value of a Constant node. */
  Optional<TensorProto> constant(String value) {
    return Optional.ofNullable(initializers.get(value))
        .or(
            () ->
                producer(value, "Constant")
                    .flatMap(node -> attribute(node, "value"))
                    .map(AttributeProto::getT));
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
              return tensor.getRawData().size() == Float.BYTES
                  ? Optional.of(
                      tensor
                          .getRawData()
                          .asReadOnlyByteBuffer()
                          .order(ByteOrder.LITTLE_ENDIAN)
                          .getFloat())
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
              var numbers =
                  tensor
                      .getRawData()
                      .asReadOnlyByteBuffer()
                      .order(ByteOrder.LITTLE_ENDIAN)
                      .asLongBuffer();
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
