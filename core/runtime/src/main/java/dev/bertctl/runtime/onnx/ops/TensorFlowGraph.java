// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.onnx.ops;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/** The nodes of a TensorFlow graph by name. */
public final class TensorFlowGraph {

  private final Map<String, NodeDef> nodes = new LinkedHashMap<>();

  /**
   * @param definition the graph
   */
  public TensorFlowGraph(GraphDef definition) {
    definition.getNodeList().forEach(node -> nodes.put(node.getName(), node));
  }

  /** What a node computes with, such as {@code add:0}. */
  static List<String> inputs(NodeDef node) {
    return node.getInputList().stream()
        .filter(input -> !input.startsWith("^")) // orders nodes, and is no value
        .map(input -> input.contains(":") ? input : input + ":0")
        .toList();
  }

  /** The name of the node that has an output. */
  public static String node(String output) {
    return output.substring(0, output.lastIndexOf(':'));
  }

  /** A node. */
  public NodeDef get(String name) {
    return nodes.get(name);
  }

  /** The names of all nodes that some outputs are computed from, their own included. */
  public Set<String> ancestors(Iterable<String> outputs) {
    Set<String> found = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>();
    outputs.forEach(output -> open.push(node(output)));
    while (!open.isEmpty()) {
      String next = open.pop();
      if (found.add(next)) {
        inputs(get(next)).forEach(input -> open.push(node(input)));
      }
    }
    return found;
  }

  /** Some nodes in the order in which they were added: each behind what it is computed from. */
  public List<String> inOrder(Set<String> some) {
    return nodes.keySet().stream().filter(some::contains).toList();
  }

  /** The inputs of a node, such as {@code add:0}. */
  public List<String> inputsOf(String node) {
    return inputs(get(node));
  }
}
