// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.models;

import com.google.protobuf.ByteString;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.encoder.BertConfig.Activation;
import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.weights.ProtoMessage;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the graph of a SavedModel says about the architecture; the names of its operations are those
 * of the original BERT code.
 */
final class TensorFlowSavedModelGraph {

  // Field numbers of TensorFlow's saved_model, meta_graph, graph, node_def, attr_value and tensor.
  private static final int MODEL_META_GRAPHS = 2;
  private static final int META_GRAPH_GRAPH = 2;
  private static final int GRAPH_NODES = 1;
  private static final int NODE_NAME = 1;
  private static final int NODE_OPERATION = 2;
  private static final int NODE_INPUTS = 3;
  private static final int NODE_ATTRIBUTES = 5;
  private static final int ATTRIBUTE_KEY = 1;
  private static final int ATTRIBUTE_VALUE = 2;
  private static final int VALUE_TENSOR = 8;
  private static final int TENSOR_FLOATS = 5;
  private static final int TENSOR_INTS = 7;

  /** A graph without its variables takes 3 MB. */
  private static final long LARGEST = 16 << 20;

  private final Path file;
  private final Map<String, ProtoMessage> nodes = new LinkedHashMap<>();

  private TensorFlowSavedModelGraph(Path file, ProtoMessage graph) {
    this.file = file;
    graph.messages(GRAPH_NODES).forEach(node -> nodes.put(node.text(NODE_NAME), node));
  }

  static TensorFlowSavedModelGraph read(Path file) {
    try {
      if (Files.size(file) > LARGEST) {
        throw FileException.damaged(file, "no graph of a BERT is " + Files.size(file) + " bytes");
      }
      ProtoMessage model = ProtoMessage.parse(file, ByteString.copyFrom(Files.readAllBytes(file)));
      return new TensorFlowSavedModelGraph(
          file, model.message(MODEL_META_GRAPHS).message(META_GRAPH_GRAPH));
    } catch (IOException e) {
      throw FileException.reading(file, e);
    }
  }

  /** A: queries are reshaped to [B, T, A, H / A]. */
  int heads(int hiddenSize) {
    return nodes.entrySet().stream()
        .filter(node -> node.getKey().contains("/attention/self/"))
        .map(Map.Entry::getValue)
        .filter(node -> node.text(NODE_OPERATION).equals("Pack"))
        .map(node -> node.texts(NODE_INPUTS).stream().map(this::size).toList())
        .filter(sizes -> sizes.size() == 4 && sizes.get(2) * sizes.get(3) == hiddenSize)
        .map(sizes -> sizes.get(2).intValue())
        .findFirst()
        .orElseThrow(() -> unknown("the number of attention heads"));
  }

  /** By the operation that follows the first dense layer of the feed-forward part. */
  Activation activation() {
    return nodes.entrySet().stream()
        .filter(node -> node.getKey().contains("/intermediate/"))
        .flatMap(node -> activation(node.getValue().text(NODE_OPERATION)).stream())
        .findFirst()
        .orElseThrow(() -> unknown("the activation"));
  }

  private static Optional<Activation> activation(String operation) {
    return switch (operation) {
      case "Erf" -> Optional.of(Activation.GELU);
      case "Tanh" -> Optional.of(Activation.GELU_NEW);
      case "Relu" -> Optional.of(Activation.RELU);
      default -> Optional.empty();
    };
  }

  /** What is added to the variance of the first LayerNorm. */
  double layerNormEpsilon() {
    return nodes.entrySet().stream()
        .filter(node -> node.getKey().endsWith("LayerNorm/batchnorm/add/y"))
        .flatMap(node -> constant(node.getValue()).stream())
        .map(tensor -> tensor.bytes(TENSOR_FLOATS))
        .filter(bytes -> bytes.size() == Float.BYTES)
        .map(bytes -> bytes.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).getFloat())
        // By way of text, so that the float 9.99999996e-13 is the 1e-12 it was written as.
        .map(epsilon -> Double.parseDouble(Float.toString(epsilon)))
        .findFirst()
        .orElseThrow(() -> unknown("the LayerNorm epsilon"));
  }

  /** The size that a node holds; 0 if it is computed. */
  private long size(String node) {
    return Optional.ofNullable(nodes.get(node))
        .flatMap(TensorFlowSavedModelGraph::constant)
        .map(tensor -> tensor.numbers(TENSOR_INTS))
        .filter(values -> values.size() == 1)
        .map(values -> values.get(0))
        .orElse(0L);
  }

  /** The tensor of a constant; empty for other nodes. */
  private static Optional<ProtoMessage> constant(ProtoMessage node) {
    return node.messages(NODE_ATTRIBUTES).stream()
        .filter(attribute -> attribute.text(ATTRIBUTE_KEY).equals("value"))
        .findFirst()
        .map(attribute -> attribute.message(ATTRIBUTE_VALUE).message(VALUE_TENSOR));
  }

  private UserException unknown(String what) {
    return new UserException(
        file + ": the graph does not show " + what + "; it is not that of the original BERT code");
  }
}
