// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.onnx.model;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.bertctl.runtime.weights.Weight;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Collects the nodes of an ONNX graph in an order in which they can be computed. */
public final class GraphBuilder {

  /** Operators of ONNX Runtime's own. */
  public static final String RUNTIME_DOMAIN = "com.microsoft";

  private final String prefix;
  private final List<NodeProto> nodes = new ArrayList<>();
  private final Map<String, Constant> initializers = new LinkedHashMap<>();
  private final Map<String, ValueType> inputs = new LinkedHashMap<>();
  private final Map<String, ValueType> outputs = new LinkedHashMap<>();
  private final Map<String, String> constants = new LinkedHashMap<>();

  /**
   * @param scope what the names of values begin with, unlike those of graphs that it exchanges
   *     values with
   */
  public GraphBuilder(String scope) {
    this.prefix = "/" + scope + "/"; // no parameter's name begins so
  }

  /** Adds an input. */
  public String input(String name, ValueType type) {
    inputs.put(name, type);
    return name;
  }

  /** Gives a value a name and makes it an output. */
  public void output(String name, String value, ValueType type) {
    if (!name.equals(value)) {
      node("", "Identity", List.of(value), List.of(name));
    }
    outputs.put(name, type);
  }

  /** Whether a name is that of an input. */
  public boolean hasInput(String name) {
    return inputs.containsKey(name);
  }

  /**
   * Adds a node of a standard operator with one output.
   *
   * @param inputs values; empty for an optional one that is left out
   * @return its output
   */
  public String add(String operator, List<String> inputs, AttributeProto... attributes) {
    return addNamed("", operator, inputs, 1, attributes).get(0);
  }

  /** Adds a node of a standard operator with several outputs. */
  public List<String> addWithOutputs(
      int outputs, String operator, List<String> inputs, AttributeProto... attributes) {
    return addNamed("", operator, inputs, outputs, attributes);
  }

  /** Adds a node of an operator that ONNX Runtime alone has. */
  public String addOfRuntime(String operator, List<String> inputs, AttributeProto... attributes) {
    return addNamed(RUNTIME_DOMAIN, operator, inputs, 1, attributes).get(0);
  }

  /** Adds a node of an operator that ONNX Runtime alone has, with several outputs. */
  public List<String> addOfRuntime(
      int outputs, String operator, List<String> inputs, AttributeProto... attributes) {
    return addNamed(RUNTIME_DOMAIN, operator, inputs, outputs, attributes);
  }

  private List<String> addNamed(
      String domain,
      String operator,
      List<String> inputs,
      int count,
      AttributeProto... attributes) {
    String name = prefix + operator + "_" + nodes.size();
    List<String> values =
        count == 1
            ? List.of(name)
            : IntStream.range(0, count).mapToObj(i -> name + "_" + i).toList();
    node(domain, operator, inputs, values, attributes);
    return values;
  }

  private void node(
      String domain,
      String operator,
      List<String> inputs,
      List<String> values,
      AttributeProto... attributes) {
    nodes.add(
        NodeProto.newBuilder()
            .setName(prefix + "node_" + nodes.size())
            .setDomain(domain)
            .setOpType(operator)
            .addAllInput(inputs)
            .addAllOutput(values)
            .addAllAttribute(Arrays.asList(attributes))
            .build());
  }

  /** Adds a weight under its own name, once. */
  public String weight(Weight weight) {
    return initializer(Constant.of(weight));
  }

  /** Adds a constant under its own name, once. */
  public String initializer(Constant constant) {
    initializers.putIfAbsent(constant.name(), constant);
    return constant.name();
  }

  /** A scalar float32. */
  public String number(float value) {
    return numbers(List.of(), value);
  }

  /** Float32 of a shape. */
  public String numbers(List<Long> shape, float... values) {
    return constant(
        DataType.FLOAT, shape, Arrays.toString(values), () -> FloatBuffer.wrap(values.clone()));
  }

  /** A scalar int64. */
  public String integer(long value) {
    return integers(List.of(), value);
  }

  /** Int64 [n]. */
  public String vector(long... values) {
    return integers(List.of((long) values.length), values);
  }

  /** Int64 of a shape. */
  public String integers(List<Long> shape, long... values) {
    return constant(
        DataType.INT64,
        shape,
        Arrays.toString(values),
        () -> {
          ByteBuffer bytes =
              ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
          LongStream.of(values).forEach(bytes::putLong);
          return bytes.flip();
        });
  }

  /** Int32 of a shape. */
  public String ints(List<Long> shape, int... values) {
    return constant(
        DataType.INT32,
        shape,
        Arrays.toString(values),
        () -> {
          ByteBuffer bytes =
              ByteBuffer.allocate(values.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
          IntStream.of(values).forEach(bytes::putInt);
          return bytes.flip();
        });
  }

  /** Booleans of a shape, a byte each. */
  public String booleans(List<Long> shape, byte... values) {
    return constant(
        DataType.BOOL, shape, Arrays.toString(values), () -> ByteBuffer.wrap(values.clone()));
  }

  /** Of equal constants one is kept. */
  private String constant(
      DataType type,
      List<Long> shape,
      String content,
      java.util.function.Supplier<java.nio.Buffer> values) {
    return constants.computeIfAbsent(
        type + " " + shape + " " + content,
        key ->
            initializer(
                new Constant(prefix + "constant_" + constants.size(), type, shape, values)));
  }

  /** What was collected. */
  public OnnxDefinition build() {
    return new OnnxDefinition(nodes, List.copyOf(initializers.values()), inputs, outputs);
  }
}
