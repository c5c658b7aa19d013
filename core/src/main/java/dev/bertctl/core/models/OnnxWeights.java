// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.models;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.encoder.BertParameters;
import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.weights.DeferredWeight;
import dev.bertctl.runtime.weights.ElementType;
import dev.bertctl.runtime.weights.Weight;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The weights of an ONNX graph. Embeddings, biases and LayerNorms keep their names on export; dense
 * kernels become anonymous ({@code onnx::MatMul_123}) and transposed, so they are found through the
 * graph: the kernel of the product that a named bias is added to.
 */
final class OnnxWeights {

  private final Path file;
  private final OnnxGraph graph;

  /**
   * @param file the model, for errors
   */
  OnnxWeights(Path file, OnnxGraph graph) {
    this.file = file;
    this.graph = graph;
  }

  /** By canonical name, kernels as [out,in]. */
  Map<String, Weight> canonical() {
    Map<String, Weight> weights = new LinkedHashMap<>();
    Map<String, String> kernels = kernels();
    graph
        .initializers()
        .forEach(
            (name, tensor) ->
                type(tensor)
                    .filter(type -> tensor.getDimsCount() > 0)
                    .ifPresent(
                        type -> {
                          DeferredWeight weight = weight(tensor, type);
                          boolean kernel = kernels.containsKey(name);
                          String canonical =
                              BertParameters.canonicalName(kernel ? kernels.get(name) : name);
                          weights.put(
                              canonical, (kernel ? weight.transposed() : weight).named(canonical));
                        }));
    return weights;
  }

  /** The parameter name of each anonymous kernel. */
  private Map<String, String> kernels() {
    Map<String, String> kernels = new LinkedHashMap<>();
    for (NodeProto node : graph.nodes()) {
      if (node.getOpType().equals("Add") && node.getInputCount() == 2) {
        String first = node.getInput(0);
        String second = node.getInput(1);
        kernel(first, second)
            .or(() -> kernel(second, first))
            .ifPresent(found -> kernels.put(found.getKey(), found.getValue()));
      }
    }
    return kernels;
  }

  private Optional<Map.Entry<String, String>> kernel(String bias, String product) {
    if (!bias.endsWith(".bias") || !graph.initializers().containsKey(bias)) {
      return Optional.empty();
    }
    return graph
        .producer(product, "MatMul")
        .map(multiplication -> multiplication.getInput(1))
        .filter(kernel -> graph.initializers().containsKey(kernel))
        .filter(kernel -> graph.initializers().get(kernel).getDimsCount() == 2)
        .map(kernel -> Map.entry(kernel, bias.replaceFirst("\\.bias$", ".weight")));
  }

  private DeferredWeight weight(TensorProto tensor, ElementType type) {
    if (tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
      throw new UserException(
          file
              + ": weight "
              + tensor.getName()
              + " is stored in another file; save the model with its weights inside");
    }
    List<Integer> shape = tensor.getDimsList().stream().map(this::dimension).toList();
    boolean listed = tensor.getFloatDataCount() > 0;
    long stored =
        listed ? (long) tensor.getFloatDataCount() * Float.BYTES : tensor.getRawData().size();
    if (type.bytes(shape).orElse(-1) != stored) {
      throw FileException.damaged(
          file,
          "weight "
              + tensor.getName()
              + " of shape "
              + shape
              + " and type "
              + type
              + " has "
              + stored
              + " bytes");
    }
    return new DeferredWeight(
        tensor.getName(), shape, () -> listed ? listed(tensor) : raw(tensor, type));
  }

  private static FloatBuffer raw(TensorProto tensor, ElementType type) {
    return type.floats(tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN));
  }

  private static FloatBuffer listed(TensorProto tensor) {
    FloatBuffer values = FloatBuffer.allocate(tensor.getFloatDataCount());
    tensor.getFloatDataList().forEach(values::put);
    return values.flip();
  }

  private int dimension(long size) {
    if (size < 0 || size > Integer.MAX_VALUE) {
      throw FileException.damaged(file, "a weight has a dimension of " + size);
    }
    return (int) size;
  }

  private static Optional<ElementType> type(TensorProto tensor) {
    return Optional.ofNullable(TensorProto.DataType.forNumber(tensor.getDataType()))
        .flatMap(
            type ->
                switch (type) {
                  case FLOAT -> Optional.of(ElementType.F32);
                  case FLOAT16 -> Optional.of(ElementType.F16);
                  case BFLOAT16 -> Optional.of(ElementType.BF16);
                  default -> Optional.empty();
                });
  }
}
