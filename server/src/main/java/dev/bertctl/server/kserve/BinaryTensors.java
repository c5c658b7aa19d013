// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.server.kserve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bertctl.server.problem.ProblemException;
import dev.bertctl.server.problem.ProblemType;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Tensors in the binary form of KServe's extension: numbers little-endian, row by row; of each text
 * the number of its bytes (4 bytes), then its UTF-8.
 */
final class BinaryTensors {

  private BinaryTensors() {}

  /**
   * Reads one.
   *
   * @param name the input's, for messages
   * @throws ProblemException if the bytes are not of the datatype
   */
  static ArrayNode read(String name, String datatype, ByteBuffer bytes) {
    ByteBuffer data = bytes.order(ByteOrder.LITTLE_ENDIAN);
    ArrayNode values = JsonNodeFactory.instance.arrayNode();
    while (data.hasRemaining()) {
      int size = size(datatype, name);
      if (data.remaining() < size) {
        throw cut(name);
      }
      switch (datatype) {
        case "BYTES" -> values.add(text(name, data));
        case "BOOL" -> values.add(data.get() != 0);
        case "INT8" -> values.add(data.get());
        case "INT16" -> values.add(data.getShort());
        case "INT32" -> values.add(data.getInt());
        case "INT64" -> values.add(data.getLong());
        case "FP32" -> values.add(data.getFloat());
        default -> values.add(data.getDouble());
      }
    }
    return values;
  }

  private static int size(String datatype, String name) {
    return switch (datatype) {
      case "BOOL", "INT8" -> 1;
      case "INT16" -> Short.BYTES;
      case "BYTES", "INT32", "FP32" -> Integer.BYTES;
      case "INT64", "FP64" -> Long.BYTES;
      default ->
          throw new ProblemException(
              ProblemType.VALIDATION,
              "input '%s' has the datatype %s; give BYTES, BOOL, INT8 to INT64, FP32 or FP64"
                  .formatted(name, datatype));
    };
  }

  private static String text(String name, ByteBuffer data) {
    int length = data.getInt();
    if (length < 0 || length > data.remaining()) {
      throw cut(name);
    }
    byte[] utf8 = new byte[length];
    data.get(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private static ProblemException cut(String name) {
    return new ProblemException(
        ProblemType.VALIDATION,
        "input '%s': its binary data ends within an element; check binary_data_size"
            .formatted(name));
  }

  /** Writes one. */
  static byte[] write(OutputTensor tensor) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Object value : tensor.data()) {
      bytes.writeBytes(bytes(value));
    }
    return bytes.toByteArray();
  }

  private static byte[] bytes(Object value) {
    if (value instanceof Boolean flag) {
      return new byte[] {(byte) (flag ? 1 : 0)};
    }
    if (value instanceof Float decimal) {
      return little(Float.BYTES).putFloat(decimal).array();
    }
    if (value instanceof Number integer) {
      return little(Long.BYTES).putLong(integer.longValue()).array();
    }
    byte[] utf8 = ((String) value).getBytes(StandardCharsets.UTF_8);
    return little(Integer.BYTES + utf8.length).putInt(utf8.length).put(utf8).array();
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The number of bytes that an input or output has behind the JSON; -1 if it has none. */
  static int size(JsonNode tensor) {
    JsonNode size = tensor.path("parameters").path("binary_data_size");
    return size.isInt() ? size.intValue() : -1;
  }
}
