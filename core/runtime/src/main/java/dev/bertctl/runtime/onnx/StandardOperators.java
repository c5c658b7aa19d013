// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import dev.bertctl.runtime.encoder.AttentionMask;
import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.encoder.BertParameters;
import dev.bertctl.runtime.onnx.model.Attribute;
import dev.bertctl.runtime.onnx.model.GraphBuilder;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The encoder in standard operators, in the order in which PyTorch's exporter writes them: that is
 * what ONNX Runtime's optimizer looks for. Hidden states are [N,T,H], of first tokens [N,1,H].
 */
final class StandardOperators implements EncoderOperators {

  private final GraphBuilder onnx;
  private final BertConfig config;
  private final UnaryOperator<String> parameters;
  private final UnaryOperator<String> transposed;
  private final AttentionOperators attention;

  /**
   * @param parameters gives a parameter's value by its name
   * @param transposed gives the transpose of a kernel, [in,out]
   * @param mask [N,T]
   */
  StandardOperators(
      GraphBuilder onnx,
      BertConfig config,
      AttentionMask direction,
      UnaryOperator<String> parameters,
      UnaryOperator<String> transposed,
      String mask) {
    this.onnx = onnx;
    this.config = config;
    this.parameters = parameters;
    this.transposed = transposed;
    this.attention = new AttentionOperators(onnx, config, direction, mask);
  }

  /** Word, segment and position embeddings [N,T,H]. */
  static String sumOfEmbeddings(
      GraphBuilder onnx, UnaryOperator<String> parameters, String ids, String segments) {
    String tokens =
        onnx.add(
            "Squeeze",
            List.of(
                onnx.add("Shape", List.of(ids), Attribute.of("start", 1), Attribute.of("end", 2))));
    String places = onnx.add("Range", List.of(onnx.integer(0), tokens, onnx.integer(1)));
    String words = gathered(onnx, parameters.apply(BertParameters.WORD_EMBEDDINGS), ids);
    String kinds = gathered(onnx, parameters.apply(BertParameters.SEGMENT_EMBEDDINGS), segments);
    String positions = gathered(onnx, parameters.apply(BertParameters.POSITION_EMBEDDINGS), places);
    return onnx.add("Add", List.of(onnx.add("Add", List.of(words, kinds)), positions));
  }

  private static String gathered(GraphBuilder onnx, String table, String ids) {
    return onnx.add("Gather", List.of(table, ids), Attribute.of("axis", 0));
  }

  @Override
  public String embeddings(String ids, String segments) {
    String sum = sumOfEmbeddings(onnx, parameters, ids, segments);
    return config.variant().normalizesEmbeddings()
        ? normalized(BertParameters.EMBEDDINGS_NORM, sum)
        : sum;
  }

  private String normalized(String name, String x) {
    AttributeProto epsilon = Attribute.of("epsilon", (float) config.layerNormEpsilon());
    return onnx.add(
        "LayerNormalization",
        List.of(x, parameters.apply(name + ".weight"), parameters.apply(name + ".bias")),
        Attribute.of("axis", -1),
        epsilon);
  }

  @Override
  public String perSequence(String states) {
    return states;
  }

  @Override
  public String firstTokens(String states) {
    return onnx.add(
        "Slice", List.of(states, onnx.vector(0), onnx.vector(1), onnx.vector(1))); // [N,1,H]
  }

  @Override
  public String firstRows(String states) {
    return onnx.add("Squeeze", List.of(states, onnx.vector(1)));
  }

  @Override
  public String dense(String name, String states) {
    String product = onnx.add("MatMul", List.of(states, transposed.apply(name + ".weight")));
    return onnx.add("Add", List.of(product, parameters.apply(name + ".bias")));
  }

  @Override
  public String attention(String query, String key, String value, boolean ofFirstTokens) {
    return attention.attention(query, key, value).states();
  }

  @Override
  public AttentionValues attentionWithProbabilities(String query, String key, String value) {
    return attention.attention(query, key, value);
  }

  @Override
  public String activation(String x) {
    return switch (config.activation()) {
      case GELU -> gelu(x);
      case GELU_NEW -> geluTanh(x);
      case RELU -> onnx.add("Relu", List.of(x));
    };
  }

  private String gelu(String x) {
    String erf =
        onnx.add("Erf", List.of(onnx.add("Div", List.of(x, onnx.number((float) Math.sqrt(2))))));
    String gate = onnx.add("Add", List.of(erf, onnx.number(1)));
    return onnx.add("Mul", List.of(onnx.add("Mul", List.of(x, gate)), onnx.number(0.5f)));
  }

  private String geluTanh(String x) {
    String cube = onnx.add("Pow", List.of(x, onnx.number(3)));
    String inner =
        onnx.add("Add", List.of(x, onnx.add("Mul", List.of(cube, onnx.number(0.044715f)))));
    String slope = onnx.number((float) Math.sqrt(2 / Math.PI));
    String tanh = onnx.add("Tanh", List.of(onnx.add("Mul", List.of(inner, slope))));
    String half = onnx.add("Mul", List.of(x, onnx.number(0.5f)));
    return onnx.add("Mul", List.of(half, onnx.add("Add", List.of(tanh, onnx.number(1)))));
  }

  @Override
  public String addAndNormalize(String name, String x, String residual) {
    return normalized(name, onnx.add("Add", List.of(x, residual)));
  }
}
