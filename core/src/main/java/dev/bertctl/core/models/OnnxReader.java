// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.models;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.ExtensionRegistryLite;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.WireFormat;
import dev.bertctl.runtime.files.FileException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads the graph of an ONNX model and leaves the numbers of its tensors in the file: a tensor says
 * where they begin, in the way of those whose numbers are in a file of their own.
 */
final class OnnxReader {

  private static final int GRAPH = lengthDelimited(ModelProto.GRAPH_FIELD_NUMBER);
  private static final int NODE = lengthDelimited(GraphProto.NODE_FIELD_NUMBER);
  private static final int INITIALIZER = lengthDelimited(GraphProto.INITIALIZER_FIELD_NUMBER);
  private static final int RAW_DATA = lengthDelimited(TensorProto.RAW_DATA_FIELD_NUMBER);

  private final Path file;

  OnnxReader(Path file) {
    this.file = file;
  }

  private static int lengthDelimited(int field) {
    return field << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  }

  /**
   * Nodes and initializers; nothing else of the model is looked at.
   *
   * @throws FileException if it is no ONNX model
   */
  GraphProto read() {
    GraphProto.Builder graph = GraphProto.newBuilder();
    try (InputStream stream = Files.newInputStream(file)) {
      CodedInputStream input = CodedInputStream.newInstance(stream);
      for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
        if (tag == GRAPH) {
          int outer = input.pushLimit(input.readRawVarint32());
          readGraph(input, graph);
          input.popLimit(outer);
        } else {
          skip(input, tag);
        }
      }
    } catch (InvalidProtocolBufferException e) {
      throw FileException.damaged(file, "it is not an ONNX model");
    } catch (IOException e) {
      throw FileException.reading(file, e);
    }
    if (graph.getNodeCount() == 0) {
      throw FileException.damaged(file, "it holds no graph");
    }
    return graph.build();
  }

  private void readGraph(CodedInputStream input, GraphProto.Builder graph) throws IOException {
    for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
      if (tag == NODE) {
        graph.addNode(message(input, NodeProto.parser()));
      } else if (tag == INITIALIZER) {
        int outer = input.pushLimit(input.readRawVarint32());
        graph.addInitializer(readTensor(input));
        input.popLimit(outer);
      } else {
        skip(input, tag);
      }
    }
  }

  private TensorProto readTensor(CodedInputStream input) throws IOException {
    UnknownFieldSet.Builder others = UnknownFieldSet.newBuilder();
    long begin = 0;
    int length = 0;
    for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
      if (tag == RAW_DATA) {
        length = input.readRawVarint32();
        begin = input.getTotalBytesRead();
        input.skipRawBytes(length);
      } else if (!others.mergeFieldFrom(tag, input)) {
        throw new InvalidProtocolBufferException("a group ends that has not begun");
      }
    }
    TensorProto.Builder tensor = TensorProto.parseFrom(others.build().toByteString()).toBuilder();
    if (length > 0) {
      tensor
          .setDataLocation(TensorProto.DataLocation.EXTERNAL)
          .clearExternalData()
          .addExternalData(entry(OnnxTensors.LOCATION, file.getFileName().toString()))
          .addExternalData(entry(OnnxTensors.OFFSET, Long.toString(begin)))
          .addExternalData(entry(OnnxTensors.LENGTH, Integer.toString(length)));
    }
    return tensor.build();
  }

  private static StringStringEntryProto.Builder entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value);
  }

  private static <T> T message(CodedInputStream input, Parser<T> parser) throws IOException {
    int outer = input.pushLimit(input.readRawVarint32());
    T message = parser.parseFrom(input, ExtensionRegistryLite.getEmptyRegistry());
    input.popLimit(outer);
    return message;
  }

  private static void skip(CodedInputStream input, int tag) throws IOException {
    if (!input.skipField(tag)) {
      throw new InvalidProtocolBufferException("a group ends that has not begun");
    }
  }
}
