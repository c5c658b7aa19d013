// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.onnx.ops;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.proto.NodeDef;

/** The operations that are known, by their types. */
public final class OpRules {

  private static final Map<String, OpRule> RULES = new HashMap<>();

  static {
    RULES.putAll(ElementwiseRules.all());
    RULES.putAll(ReductionRules.all());
    RULES.putAll(MatrixRules.all());
    RULES.putAll(ShapeRules.all());
    RULES.putAll(IndexRules.all());
    RULES.put("StridedSlice", new StridedSliceRule());
    RULES.put("Const", OpRules::constant);
  }

  private OpRules() {}

  /**
   * Adds the operators for a node.
   *
   * @return the values of its outputs
   * @throws UnsupportedOpException if there are none
   */
  public static List<String> convert(NodeDef definition, ValueSource source) {
    TensorFlowNode node = new TensorFlowNode(definition, source);
    OpRule rule = RULES.get(definition.getOp());
    if (rule == null) {
      throw node.unsupported("no operators are known for it");
    }
    Optional<String> normalized = LayerNormPattern.match(node);
    return normalized.isPresent() ? List.of(normalized.get()) : rule.convert(node);
  }

  private static List<String> constant(TensorFlowNode node) {
    ConstantValue value = node.value();
    return List.of(
        switch (node.type("dtype")) {
          case FLOAT -> node.onnx().numbers(value.shape(), value.floats());
          case INT64 -> node.onnx().integers(value.shape(), value.longs());
          case INT32 -> node.onnx().ints(value.shape(), value.ints());
          case BOOL -> node.onnx().booleans(value.shape(), value.booleans());
          default -> throw node.unsupported("its elements are " + node.type("dtype"));
        });
  }
}
