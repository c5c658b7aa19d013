// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.models;

import ai.onnx.proto.OnnxMl.TensorProto;
import dev.bertctl.runtime.encoder.BertParameters;
import dev.bertctl.runtime.weights.DeferredWeight;
import dev.bertctl.runtime.weights.Weight;
import java.nio.FloatBuffer;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Parts of an ONNX graph as BERT's parameters, by canonical name, kernels as [out,in]. */
final class OnnxParameters {

  private final OnnxGraph graph;
  private final Map<String, Weight> weights = new LinkedHashMap<>();
  private final Set<OnnxDense> taken = new HashSet<>();

  OnnxParameters(OnnxGraph graph) {
    this.graph = graph;
  }

  /** All that were taken. */
  Map<String, Weight> weights() {
    return weights;
  }

  /** Takes a constant. */
  void take(String name, String constant) {
    take(name, graph.tensors().weight(tensor(constant)));
  }

  /** Takes kernel and bias of a dense layer; a bias that is not there is zeros. */
  void take(String name, OnnxDense dense) {
    taken.add(dense);
    DeferredWeight kernel = kernel(dense);
    take(name + ".weight", kernel);
    takeOrZeros(name + ".bias", dense.bias().orElse(""), kernel.shape().get(0));
  }

  /** Takes kernel and bias of an output layer [V,H]; of one that is the words' table, the bias. */
  void takeOutput(String kernelName, String biasName, OnnxDense dense) {
    taken.add(dense);
    DeferredWeight kernel = kernel(dense);
    Weight words = weights.get(BertParameters.WORD_EMBEDDINGS);
    if (!kernel.shape().equals(words.shape()) || !kernel.values().equals(words.values())) {
      take(kernelName, kernel);
    }
    takeOrZeros(biasName, dense.bias().orElse(""), kernel.shape().get(0));
  }

  private DeferredWeight kernel(OnnxDense dense) {
    DeferredWeight stored = graph.tensors().weight(tensor(dense.kernel()));
    return dense.outputsFirst() ? stored : stored.transposed();
  }

  /** Takes weight and bias of a LayerNorm; a bias that is not there is zeros. */
  void take(String name, OnnxNorm norm) {
    DeferredWeight weight = graph.tensors().weight(tensor(norm.weight()));
    take(name + ".weight", weight);
    takeOrZeros(name + ".bias", norm.bias(), weight.shape().get(0));
  }

  private void takeOrZeros(String name, String constant, int size) {
    take(
        name,
        graph
            .constant(constant)
            .map(graph.tensors()::weight)
            .orElseGet(
                () -> new DeferredWeight(name, List.of(size), () -> FloatBuffer.allocate(size))));
  }

  private void take(String name, DeferredWeight weight) {
    weights.put(name, weight.named(name));
  }

  /** Whether a dense layer was taken, by whatever name. */
  boolean has(OnnxDense dense) {
    return taken.contains(dense);
  }

  private TensorProto tensor(String constant) {
    return graph.constant(constant).orElseThrow();
  }
}
