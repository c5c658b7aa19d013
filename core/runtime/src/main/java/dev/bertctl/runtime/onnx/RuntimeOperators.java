// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import dev.bertctl.runtime.encoder.AttentionMask;
import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.encoder.BertParameters;
import dev.bertctl.runtime.encoder.Padding;
import dev.bertctl.runtime.onnx.model.Attribute;
import dev.bertctl.runtime.onnx.model.GraphBuilder;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The encoder in operators of ONNX Runtime's own, which its optimizer would otherwise have to find.
 * Kernels stay [out,in], as a checkpoint has them, so that they need not be copied. Hidden states
 * are [R,H] with R = N·T.
 */
final class RuntimeOperators implements EncoderOperators {

  private final GraphBuilder onnx;
  private final BertConfig config;
  private final AttentionMask direction;
  private final String mask;
  private final UnaryOperator<String> parameters;
  private final String perSequence;
  private final String rows;

  /**
   * @param parameters gives a parameter's value by its name
   * @param ids [N,T]
   * @param mask int32 [N,T]
   */
  RuntimeOperators(
      GraphBuilder onnx,
      BertConfig config,
      AttentionMask direction,
      UnaryOperator<String> parameters,
      String ids,
      String mask) {
    this.onnx = onnx;
    this.config = config;
    this.direction = direction;
    this.parameters = parameters;
    this.mask = mask;
    this.rows = onnx.vector(-1, config.hiddenSize());
    this.perSequence =
        onnx.add(
            "Concat",
            List.of(onnx.add("Shape", List.of(ids)), onnx.vector(config.hiddenSize())),
            Attribute.of("axis", 0));
  }

  @Override
  public String embeddings(String ids, String segments) {
    if (!config.variant().normalizesEmbeddings()) {
      return rows(StandardOperators.sumOfEmbeddings(onnx, parameters, ids, segments));
    }
    return rows(
        onnx.addOfRuntime(
                2, // the second is of no use, and must be there
                "EmbedLayerNormalization",
                List.of(
                    ids,
                    segments,
                    parameters.apply(BertParameters.WORD_EMBEDDINGS),
                    parameters.apply(BertParameters.POSITION_EMBEDDINGS),
                    parameters.apply(BertParameters.SEGMENT_EMBEDDINGS),
                    parameters.apply(BertParameters.EMBEDDINGS_NORM + ".weight"),
                    parameters.apply(BertParameters.EMBEDDINGS_NORM + ".bias")),
                epsilon())
            .get(0));
  }

  private AttributeProto epsilon() {
    return Attribute.of("epsilon", (float) config.layerNormEpsilon());
  }

  private String rows(String perSequence) {
    return onnx.add("Reshape", List.of(perSequence, rows));
  }

  @Override
  public String perSequence(String states) {
    return onnx.add("Reshape", List.of(states, perSequence));
  }

  @Override
  public String firstTokens(String states) {
    return onnx.add(
        "Gather", List.of(perSequence(states), onnx.integer(0)), Attribute.of("axis", 1));
  }

  @Override
  public String firstRows(String states) {
    return states;
  }

  @Override
  public String dense(String name, String states) {
    return onnx.add(
        "Gemm",
        List.of(states, parameters.apply(name + ".weight"), parameters.apply(name + ".bias")),
        Attribute.of("transB", 1));
  }

  @Override
  public String attention(String query, String key, String value, boolean ofFirstTokens) {
    String queries =
        ofFirstTokens
            ? onnx.add("Unsqueeze", List.of(query, onnx.vector(1))) // [N,1,H]
            : perSequence(query);
    boolean causal = direction == AttentionMask.CAUSAL;
    return rows(
        onnx.addOfRuntime(
            "MultiHeadAttention",
            List.of(queries, perSequence(key), perSequence(value), "", mask),
            Attribute.of("num_heads", config.heads()),
            Attribute.of("mask_filter_value", Padding.SCORE),
            Attribute.of("unidirectional", causal ? 1 : 0)));
  }

  @Override
  public AttentionValues attentionWithProbabilities(String query, String key, String value) {
    AttentionValues both =
        new AttentionOperators(onnx, config, direction, mask)
            .attention(perSequence(query), perSequence(key), perSequence(value));
    return new AttentionValues(rows(both.states()), both.probabilities());
  }

  @Override
  public String activation(String x) {
    return switch (config.activation()) {
      case GELU -> onnx.addOfRuntime("Gelu", List.of(x));
      case GELU_NEW -> onnx.addOfRuntime("FastGelu", List.of(x));
      case RELU -> onnx.add("Relu", List.of(x));
    };
  }

  @Override
  public String addAndNormalize(String name, String x, String residual) {
    return onnx.addOfRuntime(
        "SkipLayerNormalization",
        List.of(x, residual, parameters.apply(name + ".weight"), parameters.apply(name + ".bias")),
        epsilon());
  }
}
