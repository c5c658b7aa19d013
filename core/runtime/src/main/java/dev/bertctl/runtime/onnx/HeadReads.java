// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.onnx;

import dev.bertctl.runtime.encoder.AttentionMask;
import dev.bertctl.runtime.graph.HeadDefinition;
import dev.bertctl.runtime.onnx.ops.ConstantInputs;
import dev.bertctl.runtime.onnx.ops.TensorFlowGraph;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What of a head's graph is computed for its outputs, what for its losses, and from what. */
final class HeadReads {

  private final HeadDefinition head;
  private final TensorFlowGraph graph;
  private final Set<String> ofOutputs;
  private final Set<String> ofLosses;
  private final List<String> firstTokens;

  HeadReads(HeadDefinition head, TensorFlowGraph graph) {
    this.head = head;
    this.graph = graph;
    this.ofOutputs =
        graph.ancestors(
            head.outputs().values().stream().map(HeadDefinition.Output::value).toList());
    List<String> sums = new ArrayList<>();
    head.losses().values().forEach(loss -> sums.addAll(List.of(loss.sum(), loss.weights())));
    this.ofLosses = graph.ancestors(sums);
    this.firstTokens = firstTokensAlone();
  }

  /** Of batch, encoder and targets the ones that the outputs are computed from. */
  boolean outputsRead(HeadDefinition.Input input) {
    return read(ofOutputs, input);
  }

  /** Of batch and targets the ones that the losses are computed from, outputs aside. */
  boolean lossesRead(HeadDefinition.Input input) {
    return head.inputs().entrySet().stream()
        .filter(entry -> entry.getValue().equals(input))
        .anyMatch(
            entry ->
                ofLosses.stream()
                    .filter(node -> !ofOutputs.contains(node))
                    .anyMatch(
                        node ->
                            graph.inputsOf(node).stream()
                                .anyMatch(
                                    value -> TensorFlowGraph.node(value).equals(entry.getKey()))));
  }

  private boolean read(Set<String> nodes, HeadDefinition.Input input) {
    return head.inputs().entrySet().stream()
        .anyMatch(entry -> entry.getValue().equals(input) && nodes.contains(entry.getKey()));
  }

  /** What is read of the encoder. */
  EncoderReads encoder() {
    Set<Integer> states = new HashSet<>();
    Set<Integer> attentions = new HashSet<>();
    head.inputs()
        .forEach(
            (node, input) -> {
              if (!ofOutputs.contains(node) && !ofLosses.contains(node)) {
                return;
              }
              if (input instanceof HeadDefinition.HiddenState state) {
                states.add(state.index());
              } else if (input instanceof HeadDefinition.Attention attention) {
                attentions.add(attention.layer());
              }
            });
    if (!firstTokens.isEmpty()) {
      states.remove(lastState());
    }
    return new EncoderReads(states, attentions, !firstTokens.isEmpty());
  }

  /** The outputs, such as {@code gather:0}, that are the first tokens' last hidden states. */
  List<String> firstTokens() {
    return firstTokens;
  }

  /**
   * What the losses need of what is computed for the outputs: values by output. Constants,
   * parameters and the batch they have themselves.
   */
  Set<String> between() {
    Set<String> between = new LinkedHashSet<>();
    for (String node : ofLosses) {
      if (!ofOutputs.contains(node)) {
        graph.inputsOf(node).stream().filter(this::isComputedForOutputs).forEach(between::add);
      }
    }
    head.losses().values().stream()
        .flatMap(loss -> Stream.of(loss.sum(), loss.weights()))
        .filter(this::isComputedForOutputs)
        .forEach(between::add);
    return between;
  }

  private boolean isComputedForOutputs(String value) {
    String node = TensorFlowGraph.node(value);
    HeadDefinition.Input input = head.inputs().get(node);
    if (input != null) {
      return input instanceof HeadDefinition.HiddenState
          || input instanceof HeadDefinition.Attention;
    }
    String operation = graph.get(node).getOp();
    return ofOutputs.contains(node)
        && !Set.of("Const", "VarHandleOp", "ReadVariableOp").contains(operation);
  }

  private int lastState() {
    return head.inputs().values().stream()
        .filter(HeadDefinition.HiddenState.class::isInstance)
        .mapToInt(input -> ((HeadDefinition.HiddenState) input).index())
        .max()
        .orElseThrow();
  }

  /**
   * Empty as soon as one reads other tokens too, or what depends on the last layer's attention as a
   * whole.
   */
  private List<String> firstTokensAlone() {
    if (head.attention() == AttentionMask.CAUSAL) {
      return List.of();
    }
    Set<String> states = new HashSet<>();
    head.inputs().entrySet().stream()
        .filter(
            entry ->
                entry.getValue() instanceof HeadDefinition.HiddenState state
                    && state.index() == lastState())
        .forEach(entry -> states.add(entry.getKey() + ":0"));
    Set<String> all = new LinkedHashSet<>(ofOutputs);
    all.addAll(ofLosses);
    boolean readsAttention =
        all.stream().anyMatch(node -> head.inputs().get(node) instanceof HeadDefinition.Attention);
    if (readsAttention) {
      return List.of();
    }
    List<String> gathered = new ArrayList<>();
    for (String node : graph.inOrder(all)) {
      if (graph.get(node).getOp().equals("Identity")
          && states.contains(graph.inputsOf(node).get(0))) {
        states.add(node + ":0");
      }
    }
    for (String node : all) {
      boolean reads = graph.inputsOf(node).stream().anyMatch(states::contains);
      if (!reads || graph.get(node).getOp().equals("Identity")) {
        continue;
      }
      if (!ConstantInputs.isGatherOfFirst(graph, node)) {
        return List.of();
      }
      gathered.add(node + ":0");
    }
    boolean areOutputs =
        head.outputs().values().stream().anyMatch(output -> states.contains(output.value()));
    return areOutputs ? List.of() : gathered;
  }
}
