// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.models;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import com.fasterxml.jackson.databind.JsonNode;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.encoder.BertConfig.Activation;
import dev.bertctl.runtime.json.JsonFields;
import dev.bertctl.runtime.json.JsonFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What only the graph of an ONNX model says about the architecture. */
final class OnnxArchitecture {

  private static final String CONFIG = "config.json";
  private static final String HEADS = "num_attention_heads";

  private final Path file;
  private final OnnxGraph graph;

  /**
   * @param file the model, for errors
   */
  OnnxArchitecture(Path file, OnnxGraph graph) {
    this.file = file;
    this.graph = graph;
  }

  /**
   * A: keys are reshaped to [B, T, A, H / A], where -1 may stand for A. Where the graph computes
   * the sizes, a config.json beside it tells the number.
   */
  int heads(int hiddenSize) {
    return graph.nodes().stream()
        .filter(node -> node.getOpType().equals("Reshape"))
        .map(node -> lastTwo(OnnxGraph.input(node, 1)))
        .filter(last -> last.size() == 2 && last.get(1) > 0)
        .map(last -> last.get(0) == -1 ? hiddenSize / last.get(1) : heads(last, hiddenSize))
        .filter(heads -> heads > 0)
        .map(Math::toIntExact)
        .findFirst()
        .or(this::saidHeads)
        .orElseThrow(
            () ->
                new UserException(
                    "%s: the graph does not show the number of attention heads; put the model's %s beside it, which tells it as %s"
                        .formatted(file, CONFIG, HEADS)));
  }

  /** Zero where the two sizes are not those of heads. */
  private static long heads(List<Long> last, int hiddenSize) {
    return last.get(0) > 0 && last.get(0) <= hiddenSize && last.get(0) * last.get(1) == hiddenSize
        ? last.get(0)
        : 0;
  }

  private Optional<Integer> saidHeads() {
    Path config = file.resolveSibling(CONFIG);
    if (!Files.isRegularFile(config)) {
      return Optional.empty();
    }
    JsonNode heads = JsonFile.read(config).path(HEADS);
    if (!heads.isInt() || heads.intValue() < 1) {
      throw new UserException(
          "%s: '%s' is %s; it must be an integer from 1"
              .formatted(config, HEADS, JsonFields.shown(heads)));
    }
    return Optional.of(heads.intValue());
  }

  /** The last two of four sizes, if they are constants: one tensor or joined from several. */
  private List<Long> lastTwo(String shape) {
    List<Long> whole = graph.wholes(shape);
    if (whole.size() == 4) {
      return whole.subList(2, 4);
    }
    return graph
        .producer(shape, "Concat")
        .filter(concat -> concat.getInputCount() == 4)
        .map(
            concat ->
                concat.getInputList().subList(2, 4).stream()
                    .flatMap(size -> graph.wholes(size).stream())
                    .toList())
        .orElse(List.of());
  }

  /** By the operations of the graph; the pooler's tanh does not count. */
  Activation activation() {
    boolean pow = false;
    for (NodeProto node : graph.nodes()) {
      switch (node.getOpType()) {
        case "Erf":
          return Activation.GELU;
        case "Relu":
          return Activation.RELU;
        case "Gelu":
          return approximate(node) ? Activation.GELU_NEW : Activation.GELU;
        case "Tanh":
          // The tanh form of GELU multiplies by sqrt(2 / pi).
          pow |= isGeluTanh(node);
          break;
        default:
          break;
      }
    }
    if (!pow) {
      throw unknown("the activation");
    }
    return Activation.GELU_NEW;
  }

  private static boolean approximate(NodeProto gelu) {
    return OnnxGraph.attribute(gelu, "approximate")
        .map(attribute -> attribute.getS().toStringUtf8().equals("tanh"))
        .orElse(false);
  }

  private boolean isGeluTanh(NodeProto tanh) {
    return graph
        .producer(OnnxGraph.input(tanh, 0), "Mul")
        .map(
            product ->
                product.getInputList().stream()
                    .flatMap(input -> graph.scalar(input).stream())
                    .anyMatch(factor -> Math.abs(factor - Math.sqrt(2 / Math.PI)) < 1e-4))
        .orElse(false);
  }

  /** What is added to the variance of the first LayerNorm before its square root is taken. */
  double layerNormEpsilon() {
    return graph.nodes().stream()
        .flatMap(node -> epsilon(node).stream())
        // By way of text, so that the float 9.99999996e-13 is the 1e-12 it was written as.
        .map(epsilon -> Double.parseDouble(Float.toString(epsilon)))
        .findFirst()
        .orElseThrow(() -> unknown("the LayerNorm epsilon"));
  }

  private Optional<Float> epsilon(NodeProto node) {
    return switch (node.getOpType()) {
      case "Sqrt" ->
          graph
              .producer(OnnxGraph.input(node, 0), "Add")
              .flatMap(
                  sum ->
                      sum.getInputList().stream()
                          .flatMap(input -> graph.scalar(input).stream())
                          .findFirst());
      // The standard's default is 1e-5.
      case "LayerNormalization" ->
          Optional.of(OnnxGraph.attribute(node, "epsilon").map(AttributeProto::getF).orElse(1e-5f));
      default -> Optional.empty();
    };
  }

  private UserException unknown(String what) {
    return new UserException(
        file + ": the graph does not show " + what + "; bertctl reads PyTorch exports of BERT");
  }
}
