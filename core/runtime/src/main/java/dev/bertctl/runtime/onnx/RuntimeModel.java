// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.graph.HeadDefinition;
import dev.bertctl.runtime.graph.HeadDefinition.BatchInput;
import dev.bertctl.runtime.onnx.model.GraphBuilder;
import dev.bertctl.runtime.onnx.model.OnnxDefinition;
import dev.bertctl.runtime.onnx.ops.TensorFlowGraph;
import dev.bertctl.runtime.weights.Weight;
import dev.bertctl.spi.head.Layout;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A task's model as graphs for ONNX Runtime alone, in operators of its own; what enters is int32,
 * as {@link BatchInputs} says.
 *
 * @param graph encoder, pooler and head
 * @param outputs layouts of the head's outputs by name; the graph has outputs of these names
 * @param losses what computes the losses, if the head has any
 */
public record RuntimeModel(
    OnnxDefinition graph, Map<String, Layout> outputs, Optional<Losses> losses) {

  /**
   * The losses' graph, which begins where that of the outputs ends.
   *
   * @param graph its inputs are those of the batch, targets, and outputs of the other graph
   * @param between the other graph's outputs that are inputs of this one, under the same names
   * @param factors by the losses' names; the graph has the outputs {@code sum_NAME} and {@code
   *     weight_NAME}
   */
  public record Losses(OnnxDefinition graph, List<String> between, Map<String, Double> factors) {}

  /** This model with the encoder's dense layers in int8. */
  public RuntimeModel quantized(WeightBits bits) {
    return new RuntimeModel(Quantization.of(graph, bits), outputs, losses);
  }

  /**
   * Converts a model.
   *
   * @param weights gives a parameter's weight by its name
   * @throws dev.bertctl.runtime.onnx.ops.UnsupportedOpException if the head has an operation that
   *     no operators are known for
   */
  public static RuntimeModel of(
      HeadDefinition head, BertConfig config, Function<String, ? extends Weight> weights) {
    TensorFlowGraph graph = new TensorFlowGraph(head.graph());
    HeadReads reads = new HeadReads(head, graph);
    GraphBuilder onnx = new GraphBuilder("model");
    HeadConversion outputs =
        new HeadConversion(
            head,
            graph,
            onnx,
            name -> onnx.weight(weights.apply(name)),
            known(head, reads, config, onnx, weights));
    Map<String, Layout> layouts = new LinkedHashMap<>();
    head.outputs()
        .forEach(
            (name, output) -> {
              onnx.output(name, outputs.value(output.value()), OutputTypes.of(name, output));
              layouts.put(name, output.layout());
            });
    Map<String, String> between = new LinkedHashMap<>();
    for (String value : reads.between()) {
      String name = outputs.value(value);
      between.put(value, name);
      if (!onnx.hasInput(name)) {
        onnx.output(name, name, OutputTypes.of(name, head.values().get(value)));
      }
    }
    Optional<Losses> losses =
        head.losses().isEmpty()
            ? Optional.empty()
            : Optional.of(losses(head, graph, reads, between, weights));
    return new RuntimeModel(onnx.build(), layouts, losses);
  }

  private static Map<String, String> known(
      HeadDefinition head,
      HeadReads reads,
      BertConfig config,
      GraphBuilder onnx,
      Function<String, ? extends Weight> weights) {
    Map<String, String> known = new HashMap<>();
    head.inputs()
        .forEach(
            (node, input) -> {
              if (input instanceof BatchInput part
                  && (isOfEncoder(part) || reads.outputsRead(part))) {
                known.put(
                    node + ":0",
                    onnx.input(BatchInputs.name(part), BatchInputs.type(part, DataType.INT32)));
              }
            });
    String ids = BatchInputs.name(BatchInput.IDS);
    RuntimeOperators operators =
        new RuntimeOperators(
            onnx,
            config,
            head.attention(),
            name -> onnx.weight(weights.apply(name)),
            ids,
            BatchInputs.name(BatchInput.MASK));
    EncoderValues encoder =
        new EncoderConversion(operators, reads.encoder())
            .convert(ids, BatchInputs.name(BatchInput.SEGMENTS), config.layers());
    known.putAll(encoder.known(head, reads));
    return known;
  }

  private static boolean isOfEncoder(BatchInput part) {
    return part == BatchInput.IDS || part == BatchInput.SEGMENTS || part == BatchInput.MASK;
  }

  private static Losses losses(
      HeadDefinition head,
      TensorFlowGraph graph,
      HeadReads reads,
      Map<String, String> between,
      Function<String, ? extends Weight> weights) {
    GraphBuilder onnx = new GraphBuilder("loss");
    Map<String, String> known = new HashMap<>();
    head.inputs()
        .forEach(
            (node, input) -> {
              if (reads.lossesRead(input)) {
                if (input instanceof BatchInput part) {
                  known.put(
                      node + ":0",
                      onnx.input(BatchInputs.name(part), BatchInputs.type(part, DataType.INT32)));
                } else if (input instanceof HeadDefinition.TargetInput target) {
                  known.put(
                      node + ":0",
                      onnx.input(BatchInputs.name(target.spec()), BatchInputs.type(target.spec())));
                }
              }
            });
    between.forEach(
        (value, name) -> {
          if (!onnx.hasInput(name)) {
            onnx.input(name, OutputTypes.of(name, head.values().get(value)));
          }
          known.put(value, name);
        });
    HeadConversion conversion =
        new HeadConversion(head, graph, onnx, name -> onnx.weight(weights.apply(name)), known);
    Map<String, Double> factors = new LinkedHashMap<>();
    head.losses()
        .forEach(
            (name, loss) -> {
              onnx.output(sum(name), conversion.value(loss.sum()), OutputTypes.SCALAR);
              onnx.output(weight(name), conversion.value(loss.weights()), OutputTypes.SCALAR);
              factors.put(name, loss.factor());
            });
    return new Losses(onnx.build(), List.copyOf(new LinkedHashSet<>(between.values())), factors);
  }

  /** The output with a loss' sum. */
  public static String sum(String loss) {
    return "sum_" + loss;
  }

  /** The output with the sum of a loss' weights. */
  public static String weight(String loss) {
    return "weight_" + loss;
  }
}
