// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.bertctl.runtime.encoder.AttentionMask;
import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.encoder.Padding;
import dev.bertctl.runtime.onnx.EncoderOperators.AttentionValues;
import dev.bertctl.runtime.onnx.model.Attribute;
import dev.bertctl.runtime.onnx.model.GraphBuilder;
import java.util.List;

/** Self-attention in standard operators, in the form that ONNX Runtime knows and fuses. */
final class AttentionOperators {

  private final GraphBuilder onnx;
  private final BertConfig config;
  private final AttentionMask direction;
  private final String mask;
  private String bias;

  /**
   * @param mask 1 for tokens, 0 for padding, [N,T], of any type
   */
  AttentionOperators(GraphBuilder onnx, BertConfig config, AttentionMask direction, String mask) {
    this.onnx = onnx;
    this.config = config;
    this.direction = direction;
    this.mask = mask;
  }

  /**
   * Attention.
   *
   * @param query [N,K,H]
   * @param key [N,T,H]
   * @param value [N,T,H]
   * @return states [N,K,H] and probabilities [N,A,K,T]
   */
  AttentionValues attention(String query, String key, String value) {
    String scores = onnx.add("MatMul", List.of(split(query, 0, 2, 1, 3), split(key, 0, 2, 3, 1)));
    String scaled =
        onnx.add("Div", List.of(scores, onnx.number((float) Math.sqrt(config.headSize()))));
    String probabilities =
        onnx.add(
            "Softmax",
            List.of(onnx.add("Add", List.of(scaled, bias()))),
            Attribute.of("axis", -1)); // [N,A,K,T]
    String context = onnx.add("MatMul", List.of(probabilities, split(value, 0, 2, 1, 3)));
    String merged =
        onnx.add(
            "Reshape",
            List.of(
                onnx.add("Transpose", List.of(context), Attribute.of("perm", 0, 2, 1, 3)),
                onnx.vector(0, 0, config.hiddenSize())));
    return new AttentionValues(merged, probabilities);
  }

  /** [N,T,H] to [N,T,A,H/A] with the axes in an order. */
  private String split(String x, long... order) {
    String heads =
        onnx.add("Reshape", List.of(x, onnx.vector(0, 0, config.heads(), config.headSize())));
    return onnx.add("Transpose", List.of(heads), Attribute.of("perm", order));
  }

  /** What is added to scores, computed once: 0 where a token is seen, else far below them. */
  private String bias() {
    if (bias == null) {
      String perKey = unsqueezed(unsqueezed(mask, 1), 2); // [N,1,1,T]
      String padding = hidden(perKey);
      bias =
          direction == AttentionMask.CAUSAL
              ? onnx.add("Add", List.of(padding, hidden(before())))
              : padding;
    }
    return bias;
  }

  private String hidden(String seen) {
    String unseen =
        onnx.add("Sub", List.of(onnx.number(1), onnx.add("Cast", List.of(seen), toFloat())));
    return onnx.add("Mul", List.of(unseen, onnx.number(Padding.SCORE)));
  }

  /** 1 for the token itself and those before, [T,T]. */
  private String before() {
    String tokens =
        onnx.add("Shape", List.of(mask), Attribute.of("start", 1), Attribute.of("end", 2)); // [1]
    String square = onnx.add("Concat", List.of(tokens, tokens), Attribute.of("axis", 0));
    String ones = onnx.add("Expand", List.of(onnx.number(1), square));
    return onnx.add("Trilu", List.of(ones), Attribute.of("upper", 0));
  }

  private String unsqueezed(String x, long axis) {
    return onnx.add("Unsqueeze", List.of(x, onnx.vector(axis)));
  }

  private static AttributeProto toFloat() {
    return Attribute.of("to", DataType.FLOAT.getNumber());
  }
}
