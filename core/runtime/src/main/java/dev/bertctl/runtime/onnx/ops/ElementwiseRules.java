// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.onnx.ops;

import static java.util.Map.entry;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.bertctl.runtime.onnx.model.Attribute;
import dev.bertctl.runtime.onnx.model.GraphBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Operations that compute each element of the result from the same element of their inputs. */
final class ElementwiseRules {

  /** The same operator under another name. */
  private static final Map<String, String> SAME =
      Map.ofEntries(
          entry("Neg", "Neg"),
          entry("Abs", "Abs"),
          entry("Exp", "Exp"),
          entry("Log", "Log"),
          entry("Sqrt", "Sqrt"),
          entry("Tanh", "Tanh"),
          entry("Sigmoid", "Sigmoid"),
          entry("Relu", "Relu"),
          entry("Elu", "Elu"),
          entry("Selu", "Selu"),
          entry("Softplus", "Softplus"),
          entry("Softsign", "Softsign"),
          entry("Erf", "Erf"),
          entry("Sin", "Sin"),
          entry("Cos", "Cos"),
          entry("Tan", "Tan"),
          entry("Asin", "Asin"),
          entry("Acos", "Acos"),
          entry("Atan", "Atan"),
          entry("Sinh", "Sinh"),
          entry("Cosh", "Cosh"),
          entry("Floor", "Floor"),
          entry("Ceil", "Ceil"),
          entry("Round", "Round"),
          entry("Rint", "Round"),
          entry("Sign", "Sign"),
          entry("Reciprocal", "Reciprocal"),
          entry("Inv", "Reciprocal"),
          entry("LogicalNot", "Not"),
          entry("IsNan", "IsNaN"),
          entry("IsInf", "IsInf"),
          entry("Add", "Add"),
          entry("AddV2", "Add"),
          entry("Sub", "Sub"),
          entry("Mul", "Mul"),
          entry("RealDiv", "Div"),
          entry("Div", "Div"),
          entry("TruncateDiv", "Div"),
          entry("Pow", "Pow"),
          entry("Maximum", "Max"),
          entry("Minimum", "Min"),
          entry("Greater", "Greater"),
          entry("GreaterEqual", "GreaterOrEqual"),
          entry("Less", "Less"),
          entry("LessEqual", "LessOrEqual"),
          entry("Equal", "Equal"),
          entry("LogicalAnd", "And"),
          entry("LogicalOr", "Or"));

  private ElementwiseRules() {}

  static Map<String, OpRule> all() {
    Map<String, OpRule> rules = new HashMap<>();
    SAME.forEach(
        (theirs, ours) -> rules.put(theirs, node -> List.of(node.onnx().add(ours, node.inputs()))));
    for (String passed :
        List.of(
            "Identity",
            "StopGradient",
            "PreventGradient",
            "CheckNumerics",
            "Snapshot",
            "EnsureShape",
            "PlaceholderWithDefault")) {
      rules.put(passed, node -> List.of(node.input(0)));
    }
    rules.put("Rsqrt", node -> unary(node, x -> reciprocal(node, node.onnx().add("Sqrt", of(x)))));
    rules.put("Square", node -> unary(node, x -> node.onnx().add("Mul", of(x, x))));
    rules.put("Erfc", node -> unary(node, x -> oneMinus(node, node.onnx().add("Erf", of(x)))));
    rules.put(
        "Log1p",
        node ->
            unary(node, x -> node.onnx().add("Log", of(node.onnx().add("Add", of(x, one(node)))))));
    rules.put(
        "Expm1",
        node ->
            unary(node, x -> node.onnx().add("Sub", of(node.onnx().add("Exp", of(x)), one(node)))));
    rules.put(
        "Relu6",
        node ->
            unary(
                node,
                x -> node.onnx().add("Clip", of(x, node.onnx().number(0), node.onnx().number(6)))));
    rules.put(
        "LeakyRelu",
        node ->
            List.of(
                node.onnx()
                    .add(
                        "LeakyRelu",
                        node.inputs(),
                        Attribute.of("alpha", node.has("alpha") ? node.number("alpha") : 0.2f))));
    rules.put("IsFinite", node -> unary(node, x -> isFinite(node, x)));
    rules.put("NotEqual", node -> unaryOf(node, "Not", node.onnx().add("Equal", node.inputs())));
    rules.put(
        "SquaredDifference",
        node -> {
          String difference = node.onnx().add("Sub", node.inputs());
          return List.of(node.onnx().add("Mul", of(difference, difference)));
        });
    rules.put("AddN", ElementwiseRules::sum);
    rules.put("DivNoNan", node -> zeroWhere(node, 1, "Div"));
    rules.put("MulNoNan", node -> zeroWhere(node, 1, "Mul"));
    rules.put("FloorDiv", ElementwiseRules::floorDiv);
    rules.put("FloorMod", ElementwiseRules::floorMod);
    rules.put("Mod", ElementwiseRules::truncatedMod);
    rules.put("TruncateMod", ElementwiseRules::truncatedMod);
    rules.put("Select", ElementwiseRules::select);
    rules.put("SelectV2", ElementwiseRules::select);
    rules.put(
        "ClipByValue",
        node ->
            List.of(
                node.onnx()
                    .add("Min", of(node.onnx().add("Max", node.inputs(0, 2)), node.input(2)))));
    rules.put("Cast", node -> List.of(node.cast(node.input(0), node.type("DstT"))));
    return rules;
  }

  private static List<String> of(String... values) {
    return List.of(values);
  }

  private static List<String> unary(TensorFlowNode node, UnaryOperator<String> rule) {
    return List.of(rule.apply(node.input(0)));
  }

  private static List<String> unaryOf(TensorFlowNode node, String operator, String value) {
    return List.of(node.onnx().add(operator, of(value)));
  }

  private static String reciprocal(TensorFlowNode node, String x) {
    return node.onnx().add("Reciprocal", of(x));
  }

  private static String oneMinus(TensorFlowNode node, String x) {
    return node.onnx().add("Sub", of(one(node), x));
  }

  private static String one(TensorFlowNode node) {
    return node.onnx().number(1);
  }

  private static String isFinite(TensorFlowNode node, String x) {
    GraphBuilder onnx = node.onnx();
    return onnx.add(
        "Not", of(onnx.add("Or", of(onnx.add("IsNaN", of(x)), onnx.add("IsInf", of(x))))));
  }

  private static List<String> sum(TensorFlowNode node) {
    String sum = node.input(0);
    for (int i = 1; i < node.size(); i++) {
      sum = node.onnx().add("Add", of(sum, node.input(i)));
    }
    return List.of(sum);
  }

  /** 0 where an input is 0, whatever the operator gives there. */
  private static List<String> zeroWhere(TensorFlowNode node, int input, String operator) {
    GraphBuilder onnx = node.onnx();
    String zero = onnx.number(0);
    return List.of(
        onnx.add(
            "Where",
            of(
                onnx.add("Equal", of(node.input(input), zero)),
                zero,
                onnx.add(operator, node.inputs()))));
  }

  private static List<String> floorDiv(TensorFlowNode node) {
    GraphBuilder onnx = node.onnx();
    if (node.isFloat()) {
      return unaryOf(node, "Floor", onnx.add("Div", node.inputs()));
    }
    // Integer division truncates: without the remainder of the divisor's sign there is nothing to.
    String whole = onnx.add("Sub", of(node.input(0), onnx.add("Mod", node.inputs())));
    return List.of(onnx.add("Div", of(whole, node.input(1))));
  }

  private static List<String> floorMod(TensorFlowNode node) {
    GraphBuilder onnx = node.onnx();
    if (!node.isFloat()) {
      return List.of(onnx.add("Mod", node.inputs()));
    }
    String floor = onnx.add("Floor", of(onnx.add("Div", node.inputs())));
    return List.of(onnx.add("Sub", of(node.input(0), onnx.add("Mul", of(floor, node.input(1))))));
  }

  /** The remainder has the sign of the dividend. */
  private static List<String> truncatedMod(TensorFlowNode node) {
    return List.of(node.onnx().add("Mod", node.inputs(), Attribute.of("fmod", 1)));
  }

  private static List<String> select(TensorFlowNode node) {
    if (node.type("T") != DataType.BOOL) {
      return List.of(node.onnx().add("Where", node.inputs()));
    }
    String chosen =
        node.onnx()
            .add(
                "Where",
                of(
                    node.input(0),
                    node.cast(node.input(1), DataType.INT32),
                    node.cast(node.input(2), DataType.INT32)));
    return List.of(node.cast(chosen, DataType.BOOL));
  }
}
