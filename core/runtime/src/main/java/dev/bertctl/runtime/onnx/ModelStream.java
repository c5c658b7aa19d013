// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import dev.bertctl.runtime.onnx.model.Constant;
import dev.bertctl.runtime.onnx.model.OnnxDefinition;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/** Writes a model with its weights inside, of which one at a time is in memory. */
final class ModelStream {

  private final OnnxDefinition graph;
  private final Map<String, String> metadata;

  ModelStream(OnnxDefinition graph, Map<String, String> metadata) {
    this.graph = graph;
    this.metadata = metadata;
  }

  void writeTo(OutputStream stream) throws IOException {
    CodedOutputStream out = CodedOutputStream.newInstance(stream);
    ModelProto model = graph.withoutConstants(metadata);
    model.toBuilder().clearGraph().build().writeTo(out);
    out.writeTag(ModelProto.GRAPH_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    long size = model.getGraph().getSerializedSize();
    for (Constant constant : graph.initializers()) {
      size += sizeAsField(GraphProto.INITIALIZER_FIELD_NUMBER, size(constant));
    }
    out.writeUInt64NoTag(size);
    model.getGraph().writeTo(out);
    for (Constant constant : graph.initializers()) {
      write(constant, out);
    }
    out.flush();
  }

  private static void write(Constant constant, CodedOutputStream out) throws IOException {
    out.writeTag(GraphProto.INITIALIZER_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    out.writeUInt64NoTag(size(constant));
    OnnxDefinition.described(constant).build().writeTo(out);
    out.writeTag(TensorProto.RAW_DATA_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    out.writeUInt64NoTag(constant.bytes());
    out.writeRawBytes(constant.toBytes());
  }

  private static long size(Constant constant) {
    return OnnxDefinition.described(constant).build().getSerializedSize()
        + sizeAsField(TensorProto.RAW_DATA_FIELD_NUMBER, constant.bytes());
  }

  private static long sizeAsField(int field, long size) {
    return CodedOutputStream.computeTagSize(field)
        + CodedOutputStream.computeUInt64SizeNoTag(size)
        + size;
  }
}
