// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.graph.HeadDefinition;
import dev.bertctl.runtime.graph.HeadDefinition.BatchInput;
import dev.bertctl.runtime.graph.SpanOutputs;
import dev.bertctl.runtime.onnx.model.Attribute;
import dev.bertctl.runtime.onnx.model.GraphBuilder;
import dev.bertctl.runtime.onnx.model.ValueType;
import dev.bertctl.spi.head.Layout;
import java.util.List;
import java.util.Map;

/** What the outputs of an exported model are called: as in transformers' exporters. */
final class ExportedOutputs {

  private static final String LAST_HIDDEN_STATE = "last_hidden_state";

  private final GraphBuilder onnx;
  private final HeadDefinition head;
  private final BertConfig config;
  private final String architecture;

  ExportedOutputs(GraphBuilder onnx, HeadDefinition head, BertConfig config, String architecture) {
    this.onnx = onnx;
    this.head = head;
    this.config = config;
    this.architecture = architecture;
  }

  /**
   * Whether a head gives embeddings and nothing else: an encoder's one output, as wide as the
   * hidden states.
   */
  static boolean areEmbeddings(String architecture, HeadDefinition head) {
    return architecture.equals("BertModel")
        && head.outputs().size() == 1
        && head.outputs().values().stream()
            .allMatch(
                output ->
                    output.layout() == Layout.PER_FEATURE || output.layout() == Layout.PER_TOKEN);
  }

  void add(HeadConversion conversion, EncoderValues encoder) {
    if (areEmbeddings(architecture, head)) {
      // Readers that pool themselves take the first output, or the one of this name.
      String last = encoder.states().get(config.layers());
      ValueType type = typeOfStates();
      onnx.output(LAST_HIDDEN_STATE, last, type);
      Map.Entry<String, HeadDefinition.Output> only = head.outputs().entrySet().iterator().next();
      String value = conversion.value(only.getValue().value());
      if (!value.equals(last)) {
        String name =
            only.getValue().layout() == Layout.PER_TOKEN
                ? "token_embeddings"
                : "sentence_embedding";
        onnx.output(name, value, OutputTypes.of(name, only.getValue()));
      }
      return;
    }
    head.outputs().forEach((name, output) -> add(name, output, conversion.value(output.value())));
  }

  private ValueType typeOfStates() {
    return new ValueType(
        DataType.FLOAT, List.of("batch", "sequence", Integer.toString(config.hiddenSize())));
  }

  private void add(String name, HeadDefinition.Output output, String value) {
    if (output.layout() == Layout.PER_POSITION) {
      addForEachToken(name, output, value);
      return;
    }
    if (!SpanOutputs.are(architecture, output.layout(), output.columns().orElse(-1L))) {
      onnx.output(name, value, OutputTypes.of(name, output));
      return;
    }
    List<String> ends =
        onnx.addWithOutputs(2, "Split", List.of(value, onnx.vector(1, 1)), Attribute.of("axis", 2));
    for (int i = 0; i < 2; i++) {
      String logits = onnx.add("Squeeze", List.of(ends.get(i), onnx.vector(2)));
      onnx.output(
          i == 0 ? SpanOutputs.START : SpanOutputs.END,
          logits,
          new ValueType(DataType.FLOAT, List.of("batch", "sequence")));
    }
  }

  /**
   * Every token is a position here: rows are told apart by sequence, [N·T,columns] to
   * [N,T,columns].
   */
  private void addForEachToken(String name, HeadDefinition.Output output, String value) {
    String ids = BatchInputs.name(BatchInput.IDS);
    String shape =
        onnx.add(
            "Concat",
            List.of(onnx.add("Shape", List.of(ids)), onnx.vector(-1)),
            Attribute.of("axis", 0));
    onnx.output(
        name,
        onnx.add("Reshape", List.of(value, shape)),
        OutputTypes.of(
            name, new HeadDefinition.Output(Layout.PER_TOKEN, output.value(), output.columns())));
  }
}
