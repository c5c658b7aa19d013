// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.onnx;

import dev.bertctl.runtime.graph.HeadDefinition;
import dev.bertctl.runtime.onnx.model.GraphBuilder;
import dev.bertctl.runtime.onnx.ops.OpRules;
import dev.bertctl.runtime.onnx.ops.TensorFlowGraph;
import dev.bertctl.runtime.onnx.ops.UnsupportedOpException;
import dev.bertctl.runtime.onnx.ops.ValueSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.tensorflow.proto.NodeDef;

/** Converts a head's TensorFlow graph as far as its values are asked for. */
final class HeadConversion implements ValueSource {

  private final HeadDefinition head;
  private final TensorFlowGraph graph;
  private final GraphBuilder onnx;
  private final UnaryOperator<String> parameters;
  private final Map<String, String> values;

  /**
   * @param parameters gives a parameter's ONNX value by its name
   * @param known the ONNX values of placeholders, and of what need not be computed, by output
   */
  HeadConversion(
      HeadDefinition head,
      TensorFlowGraph graph,
      GraphBuilder onnx,
      UnaryOperator<String> parameters,
      Map<String, String> known) {
    this.head = head;
    this.graph = graph;
    this.onnx = onnx;
    this.parameters = parameters;
    this.values = new HashMap<>(known);
  }

  @Override
  public GraphBuilder onnx() {
    return onnx;
  }

  @Override
  public String value(String output) {
    String known = values.get(output);
    if (known != null) {
      return known;
    }
    NodeDef node = graph.get(TensorFlowGraph.node(output));
    List<String> converted =
        node.getOp().equals("ReadVariableOp")
            ? List.of(parameters.apply(parameter(node)))
            : OpRules.convert(node, this);
    for (int i = 0; i < converted.size(); i++) {
      values.put(node.getName() + ":" + i, converted.get(i));
    }
    String value = values.get(output);
    if (value == null) {
      throw new UnsupportedOpException(
          node.getOp(), node.getName(), "its output " + output + " has no counterpart");
    }
    return value;
  }

  private String parameter(NodeDef read) {
    NodeDef handle = graph.get(TensorFlowGraph.node(graph.inputsOf(read.getName()).get(0)));
    return handle.getAttrOrThrow("shared_name").getS().toStringUtf8();
  }

  @Override
  public NodeDef producer(String output) {
    NodeDef node = graph.get(TensorFlowGraph.node(output));
    return node.getOp().equals("Identity") ? producer(graph.inputsOf(node.getName()).get(0)) : node;
  }

  @Override
  public Optional<Integer> rank(String output) {
    return head.values().get(output).rank().stream().boxed().findFirst();
  }
}
