// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.onnx.ops;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.bertctl.runtime.onnx.model.Attribute;
import dev.bertctl.runtime.onnx.model.GraphBuilder;
import java.util.List;
import java.util.Optional;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;

/** A node of TensorFlow's graph with the ONNX values of its inputs. */
final class TensorFlowNode {

  private final NodeDef definition;
  private final List<String> inputs;
  private final ValueSource source;

  TensorFlowNode(NodeDef definition, ValueSource source) {
    this.definition = definition;
    this.source = source;
    this.inputs = TensorFlowGraph.inputs(definition);
  }

  String operation() {
    return definition.getOp();
  }

  GraphBuilder onnx() {
    return source.onnx();
  }

  ValueSource source() {
    return source;
  }

  /** Number of inputs. */
  int size() {
    return inputs.size();
  }

  /** Where an input comes from in TensorFlow's graph, such as {@code add:0}. */
  String origin(int index) {
    return inputs.get(index);
  }

  /** An input's ONNX value. */
  String input(int index) {
    return source.value(inputs.get(index));
  }

  /** All inputs' ONNX values. */
  List<String> inputs() {
    return inputs.stream().map(source::value).toList();
  }

  /** Some inputs' ONNX values. */
  List<String> inputs(int from, int to) {
    return inputs.subList(from, to).stream().map(source::value).toList();
  }

  /** An input of integers as int64, as ONNX wants shapes and axes. */
  String longs(int index) {
    Optional<ConstantValue> constant = constant(index);
    return constant.isPresent()
        ? onnx().integers(constant.get().shape(), constant.get().longs())
        : cast(input(index), TensorProto.DataType.INT64);
  }

  /** An input of integers as int64 [n], a scalar as [1]. */
  String vector(int index) {
    Optional<ConstantValue> constant = constant(index);
    return constant.isPresent()
        ? onnx().vector(constant.get().longs())
        : onnx().add("Reshape", List.of(longs(index), onnx().vector(-1)));
  }

  /** An input that is a constant. */
  Optional<ConstantValue> constant(int index) {
    NodeDef producer = source.producer(inputs.get(index));
    return producer.getOp().equals("Const")
        ? Optional.of(ConstantValue.of(producer))
        : Optional.empty();
  }

  /** The value of a node that is a constant. */
  ConstantValue value() {
    return ConstantValue.of(definition);
  }

  /**
   * An input of integers that is a constant.
   *
   * @param what the input, for the error
   * @throws UnsupportedOpException if it is computed
   */
  long[] integers(int index, String what) {
    return constant(index)
        .orElseThrow(() -> unsupported("its %s is computed, not a constant".formatted(what)))
        .longs();
  }

  /** An input's number of dimensions. */
  int rank(int index) {
    return source
        .rank(inputs.get(index))
        .orElseThrow(() -> unsupported("the rank of its input is not known"));
  }

  /** An axis, counted from the end if negative, as one from 0 of an input. */
  int axis(long axis, int input) {
    return Math.toIntExact(axis < 0 ? axis + rank(input) : axis);
  }

  String cast(String value, TensorProto.DataType type) {
    return onnx().add("Cast", List.of(value), to(type));
  }

  static AttributeProto to(TensorProto.DataType type) {
    return Attribute.of("to", type.getNumber());
  }

  private AttrValue attribute(String name) {
    return definition.getAttrOrDefault(name, AttrValue.getDefaultInstance());
  }

  boolean has(String name) {
    return definition.containsAttr(name);
  }

  long integer(String name) {
    return attribute(name).getI();
  }

  float number(String name) {
    return attribute(name).getF();
  }

  boolean flag(String name) {
    return attribute(name).getB();
  }

  String text(String name) {
    return attribute(name).getS().toStringUtf8();
  }

  long[] integers(String name) {
    return attribute(name).getList().getIList().stream().mapToLong(Long::longValue).toArray();
  }

  /** An element type that is an attribute. */
  TensorProto.DataType type(String name) {
    return type(attribute(name).getType());
  }

  /** Whether its elements are of type T and that is float32. */
  boolean isFloat() {
    return attribute("T").getType() == DataType.DT_FLOAT;
  }

  private TensorProto.DataType type(DataType type) {
    return switch (type) {
      case DT_FLOAT -> TensorProto.DataType.FLOAT;
      case DT_INT32 -> TensorProto.DataType.INT32;
      case DT_INT64 -> TensorProto.DataType.INT64;
      case DT_BOOL -> TensorProto.DataType.BOOL;
      default -> throw unsupported("its elements are " + type);
    };
  }

  UnsupportedOpException unsupported(String reason) {
    return new UnsupportedOpException(operation(), definition.getName(), reason);
  }
}
