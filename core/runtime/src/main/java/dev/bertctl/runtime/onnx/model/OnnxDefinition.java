// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.onnx.model;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.UnsafeByteOperations;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * An ONNX graph of opset 17.
 *
 * @param nodes in an order in which they can be computed
 * @param initializers constants
 * @param inputs by name
 * @param outputs by name
 */
public record OnnxDefinition(
    List<NodeProto> nodes,
    List<Constant> initializers,
    Map<String, ValueType> inputs,
    Map<String, ValueType> outputs) {

  /** The first opset with LayerNormalization; servers that are some years old know it. */
  public static final int OPSET = 17;

  /** The format that came with that opset. */
  private static final int IR_VERSION = 8;

  /** Copies. */
  public OnnxDefinition {
    nodes = List.copyOf(nodes);
    initializers = List.copyOf(initializers);
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
  }

  /** Bytes of all constants. */
  public long bytes() {
    return initializers.stream().mapToLong(Constant::bytes).sum();
  }

  /**
   * The graph as a model, its constants stored as told.
   *
   * @param metadata such as the producer's own facts
   */
  public ModelProto toModel(Function<Constant, TensorProto> storage, Map<String, String> metadata) {
    GraphProto.Builder graph = GraphProto.newBuilder().setName("bertctl").addAllNode(nodes);
    inputs.forEach((name, type) -> graph.addInput(value(name, type)));
    outputs.forEach((name, type) -> graph.addOutput(value(name, type)));
    initializers.forEach(constant -> graph.addInitializer(storage.apply(constant)));
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .setProducerName("bertctl")
            .setGraph(graph)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET));
    String version = OnnxDefinition.class.getPackage().getImplementationVersion();
    model.setProducerVersion(version == null ? "" : version);
    if (nodes.stream().anyMatch(node -> node.getDomain().equals(GraphBuilder.RUNTIME_DOMAIN))) {
      model.addOpsetImport(
          OperatorSetIdProto.newBuilder().setDomain(GraphBuilder.RUNTIME_DOMAIN).setVersion(1));
    }
    metadata.forEach(
        (key, text) ->
            model.addMetadataProps(StringStringEntryProto.newBuilder().setKey(key).setValue(text)));
    return model.build();
  }

  /** The graph as a model whose constants are still to be added. */
  public ModelProto withoutConstants(Map<String, String> metadata) {
    return new OnnxDefinition(nodes, List.of(), inputs, outputs)
        .toModel(OnnxDefinition::inside, metadata);
  }

  /** A constant stored in the model itself. */
  public static TensorProto inside(Constant constant) {
    return described(constant)
        .setRawData(UnsafeByteOperations.unsafeWrap(constant.toBytes()))
        .build();
  }

  /** A constant's name, type and shape. */
  public static TensorProto.Builder described(Constant constant) {
    return TensorProto.newBuilder()
        .setName(constant.name())
        .setDataType(constant.type().getNumber())
        .addAllDims(constant.shape());
  }

  private static ValueInfoProto value(String name, ValueType type) {
    return ValueInfoProto.newBuilder().setName(name).setType(type.proto()).build();
  }
}
