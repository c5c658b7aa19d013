// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import dev.bertctl.runtime.encoder.AttentionMask;
import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.encoder.Parameter;
import dev.bertctl.runtime.encoder.ParameterSpec;
import dev.bertctl.runtime.encoder.Parameters;
import dev.bertctl.runtime.tensorflow.TensorFlowEngine;
import dev.bertctl.runtime.tensorflow.line.TensorFlowLine;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.head.Layout;
import dev.bertctl.spi.head.TargetSpec;
import dev.bertctl.spi.packing.Vocabulary;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;

/**
 * What stands on top of the encoder in inference (pooler, head, losses), as TensorFlow's
 * definition, for other engines. Encoder outputs and batches are placeholders of it; no weights and
 * no native memory are held.
 *
 * @param graph the nodes; variables are {@code VarHandleOp}s whose {@code shared_name} is the
 *     parameter's
 * @param values what is known of the nodes' outputs, by {@code node:index}
 * @param parameters the encoder's, then the pooler's if there is one, then the head's
 * @param attention which tokens a token attends to
 * @param inputs the placeholders by their nodes' names
 * @param outputs the head's outputs by name
 * @param losses by name
 */
public record HeadDefinition(
    GraphDef graph,
    Map<String, Value> values,
    List<ParameterSpec> parameters,
    AttentionMask attention,
    Map<String, Input> inputs,
    Map<String, Output> outputs,
    Map<String, Loss> losses) {

  /** This without its losses. */
  public HeadDefinition withoutLosses() {
    return new HeadDefinition(graph, values, parameters, attention, inputs, outputs, Map.of());
  }

  /** What a placeholder stands for. */
  public sealed interface Input permits BatchInput, HiddenState, Attention, TargetInput {}

  /** A part of the batch; int32. */
  public enum BatchInput implements Input {
    /** Token ids [N,T]. */
    IDS,
    /** Segment ids [N,T]. */
    SEGMENTS,
    /** 1 for tokens, 0 for padding, [N,T]. */
    MASK,
    /** C, a scalar. */
    CHOICES,
    /** 1 for choices, 0 for padding choices, [B,C]. */
    CHOICE_MASK,
    /** Rows of positions among all tokens, [M]. */
    POSITION_ROWS
  }

  /**
   * A hidden state, float32 [N,T,H].
   *
   * @param index 0 for the embeddings, I for those after the I-th layer
   */
  public record HiddenState(int index) implements Input {}

  /**
   * A layer's attention probabilities, float32 [N,A,T,T].
   *
   * @param layer from 0
   */
  public record Attention(int layer) implements Input {}

  /** A target of the shape that its form says. */
  public record TargetInput(TargetSpec spec) implements Input {}

  /**
   * An output of a node.
   *
   * @param type of the elements
   * @param rank number of dimensions, where known
   */
  public record Value(DataType type, OptionalInt rank) {}

  /**
   * An output.
   *
   * @param layout what the rows stand for
   * @param value {@code node:index}
   * @param columns size of the last axis, where known
   */
  public record Output(Layout layout, String value, Optional<Long> columns) {}

  /**
   * A loss.
   *
   * @param sum of the weighted losses of a batch, a scalar, {@code node:index}
   * @param weights sum of the weights, a scalar, {@code node:index}
   * @param factor of this loss in the sum that is trained on
   */
  public record Loss(String sum, String weights, double factor) {}

  /**
   * Builds a head and takes its definition.
   *
   * @param task name of the task, for errors about its head
   * @throws dev.bertctl.runtime.UserException if the head cannot be built
   */
  public static HeadDefinition of(
      String task, BertConfig config, Head head, Vocabulary vocabulary) {
    TensorFlowEngine.load();
    try (Graph graph = new Graph()) {
      return new BertGraph(task, graph, config, head, vocabulary, Parameters::applied)
          .headDefinition();
    }
  }

  /** As {@link #of}, of a graph that holds nothing but the head. */
  static HeadDefinition of(
      Graph graph,
      BertGraph.Inference inference,
      AttentionMask attention,
      Iterable<Parameter> parameters,
      Map<String, Input> inputs) {
    Map<String, Output> outputs = new LinkedHashMap<>();
    inference
        .outputs()
        .forEach(
            (name, values) ->
                outputs.put(
                    name,
                    new Output(values.layout(), name(values.values()), columns(values.values()))));
    Map<String, Loss> losses = new LinkedHashMap<>();
    inference
        .losses()
        .forEach(
            (name, loss) ->
                losses.put(name, new Loss(name(loss.sum()), name(loss.weights()), loss.factor())));
    List<ParameterSpec> specs = new ArrayList<>();
    parameters.forEach(parameter -> specs.add(parameter.spec()));
    return new HeadDefinition(
        definition(graph), values(graph), specs, attention, inputs, outputs, losses);
  }

  /**
   * Protobuf warns of classes as old as TensorFlow's when they read a message from a stranger; this
   * one is our own.
   */
  static GraphDef definition(Graph graph) {
    Logger protobuf = Logger.getLogger("com.google.protobuf.GeneratedMessage");
    Level before = protobuf.getLevel();
    protobuf.setLevel(Level.SEVERE);
    try {
      return TensorFlowLine.definition(graph);
    } finally {
      protobuf.setLevel(before);
    }
  }

  private static Map<String, Value> values(Graph graph) {
    Map<String, Value> values = new LinkedHashMap<>();
    for (Iterator<GraphOperation> all = graph.operations(); all.hasNext(); ) {
      GraphOperation op = all.next();
      for (int i = 0; i < op.numOutputs(); i++) {
        Shape shape = op.output(i).shape();
        values.put(
            op.name() + ":" + i,
            new Value(
                TensorFlowLine.dataType(op.output(i)),
                shape.isUnknown() ? OptionalInt.empty() : OptionalInt.of(shape.numDimensions())));
      }
    }
    return values;
  }

  private static String name(Operand<?> value) {
    return value.op().name() + ":" + value.asOutput().index();
  }

  private static Optional<Long> columns(Operand<?> value) {
    Shape shape = value.shape();
    if (shape.isUnknown() || shape.numDimensions() == 0) {
      return Optional.empty();
    }
    long last = shape.asArray()[shape.numDimensions() - 1];
    return last == Shape.UNKNOWN_SIZE ? Optional.empty() : Optional.of(last);
  }
}
