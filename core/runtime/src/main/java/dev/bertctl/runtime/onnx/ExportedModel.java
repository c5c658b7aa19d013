// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.graph.HeadDefinition;
import dev.bertctl.runtime.graph.HeadDefinition.BatchInput;
import dev.bertctl.runtime.onnx.model.Attribute;
import dev.bertctl.runtime.onnx.model.Constant;
import dev.bertctl.runtime.onnx.model.GraphBuilder;
import dev.bertctl.runtime.onnx.model.OnnxDefinition;
import dev.bertctl.runtime.onnx.ops.TensorFlowGraph;
import dev.bertctl.runtime.weights.DeferredWeight;
import dev.bertctl.runtime.weights.Weight;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A task's model as an ONNX graph for other programs: standard operators only, inputs as
 * transformers' exporters name them, int64 {@code input_ids}, {@code attention_mask} and {@code
 * token_type_ids} [batch,sequence], of multiple choice [batch,choices,sequence]. Of a head that
 * reads positions every token is one. What losses need is left out.
 */
public final class ExportedModel {

  private final HeadDefinition head;
  private final BertConfig config;
  private final Function<String, ? extends Weight> weights;
  private final HeadReads reads;
  private final TensorFlowGraph graph;
  private final GraphBuilder onnx = new GraphBuilder("model");
  private final Map<BatchInput, String> inputs = new EnumMap<>(BatchInput.class);

  private ExportedModel(
      HeadDefinition head, BertConfig config, Function<String, ? extends Weight> weights) {
    this.head = head.withoutLosses();
    this.config = config;
    this.weights = weights;
    this.graph = new TensorFlowGraph(head.graph());
    this.reads = new HeadReads(this.head, graph);
  }

  /**
   * Converts a model.
   *
   * @param architecture transformers' class, such as {@code BertForQuestionAnswering}, which
   *     decides what outputs are called
   * @param weights gives a parameter's weight by its name; they are read when the graph is written
   * @throws dev.bertctl.runtime.onnx.ops.UnsupportedOpException if the head has an operation that
   *     no operators are known for
   */
  public static OnnxDefinition of(
      HeadDefinition head,
      BertConfig config,
      String architecture,
      Function<String, ? extends Weight> weights) {
    return new ExportedModel(head, config, weights).convert(architecture);
  }

  private OnnxDefinition convert(String architecture) {
    boolean choices =
        reads.outputsRead(BatchInput.CHOICES) || reads.outputsRead(BatchInput.CHOICE_MASK);
    takeTokens(choices);
    Map<String, String> known = new HashMap<>();
    EncoderValues encoder = encoder(architecture, choices);
    head.inputs()
        .forEach(
            (node, input) -> {
              if (input instanceof BatchInput part && reads.outputsRead(part)) {
                known.put(node + ":0", int32(part));
              }
            });
    known.putAll(encoder.known(head, reads));
    HeadConversion conversion = new HeadConversion(head, graph, onnx, this::parameter, known);
    new ExportedOutputs(onnx, head, config, architecture).add(conversion, encoder);
    return onnx.build();
  }

  private void takeTokens(boolean choices) {
    for (BatchInput part : List.of(BatchInput.IDS, BatchInput.MASK, BatchInput.SEGMENTS)) {
      String name = BatchInputs.name(part);
      if (choices) {
        onnx.input(name, BatchInputs.typeOfChoices(DataType.INT64));
        inputs.put(part, flattened(name));
      } else {
        inputs.put(part, onnx.input(name, BatchInputs.type(part, DataType.INT64)));
      }
    }
  }

  /** [B,C,T] to [N,T]. */
  private String flattened(String name) {
    String tokens =
        onnx.add("Shape", List.of(name), Attribute.of("start", 2), Attribute.of("end", 3));
    String shape = onnx.add("Concat", List.of(onnx.vector(-1), tokens), Attribute.of("axis", 0));
    return onnx.add("Reshape", List.of(name, shape));
  }

  private EncoderValues encoder(String architecture, boolean choices) {
    EncoderReads wanted = reads.encoder();
    if (ExportedOutputs.areEmbeddings(architecture, head)) {
      wanted = wanted.withLast(config.layers());
    }
    StandardOperators operators =
        new StandardOperators(
            onnx,
            config,
            head.attention(),
            this::parameter,
            this::transposed,
            inputs.get(BatchInput.MASK),
            choices ? "sequences" : "batch");
    return new EncoderConversion(operators, wanted)
        .convert(inputs.get(BatchInput.IDS), inputs.get(BatchInput.SEGMENTS), config.layers());
  }

  private String parameter(String name) {
    return onnx.weight(weights.apply(name));
  }

  /** A kernel as matrix products take it, [in,out], under the name of the one that it is of. */
  private String transposed(String name) {
    Weight kernel = weights.apply(name);
    return onnx.initializer(
        Constant.of(
            new DeferredWeight(name + "_transposed", kernel.shape(), kernel::values).transposed()));
  }

  /** A part of the batch as the head's graph reads it. */
  private String int32(BatchInput part) {
    return switch (part) {
      case IDS, SEGMENTS, MASK -> cast(inputs.get(part));
      case CHOICES -> {
        String shape = onnx.add("Shape", List.of(BatchInputs.name(BatchInput.IDS)));
        yield cast(onnx.add("Gather", List.of(shape, onnx.integer(1))));
      }
      case CHOICE_MASK ->
          cast(
              onnx.add(
                  "ReduceMax",
                  List.of(BatchInputs.name(BatchInput.MASK)),
                  Attribute.of("axes", new long[] {2}),
                  Attribute.of("keepdims", 0)));
      case POSITION_ROWS -> cast(everyToken());
    };
  }

  /** Rows of all tokens, 0 to N·T - 1: whoever reads logits chooses among them. */
  private String everyToken() {
    String tokens = onnx.add("Size", List.of(inputs.get(BatchInput.IDS)));
    return onnx.add("Range", List.of(onnx.integer(0), tokens, onnx.integer(1)));
  }

  private String cast(String value) {
    return onnx.add("Cast", List.of(value), Attribute.of("to", DataType.INT32.getNumber()));
  }
}
