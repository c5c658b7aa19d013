// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.json.JsonProblem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a safetensors file says it holds: 8 bytes of header length, the header as JSON, the data.
 * Everything it says is checked before it is believed.
 */
final class SafetensorsHeader {

  /** The reference implementation's own limit. */
  private static final long LONGEST_HEADER = 100_000_000;

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final Map<String, Entry> entries;
  private final long dataStart;

  /**
   * @param entries tensors by name
   * @param dataStart where the data begin in the file
   */
  private SafetensorsHeader(Map<String, Entry> entries, long dataStart) {
    this.entries = entries;
    this.dataStart = dataStart;
  }

  /** Tensors by name. */
  Map<String, Entry> entries() {
    return entries;
  }

  /** Where the data begin in the file. */
  long dataStart() {
    return dataStart;
  }

  /**
   * One tensor.
   *
   * @param begin first byte, counted from the data's start
   * @param end one past its last byte
   */
  record Entry(ElementType type, List<Integer> shape, long begin, long end) {}

  static SafetensorsHeader read(Path file, FileChannel channel) throws IOException {
    long size = channel.size();
    if (size < 8) {
      throw FileException.damaged(file, "a safetensors file has 8 bytes or more, this one " + size);
    }
    long length = bytes(channel, 0, 8).getLong();
    if (length < 2 || length > LONGEST_HEADER || length > size - 8) {
      throw FileException.damaged(
          file,
          "the header says it is "
              + Long.toUnsignedString(length)
              + " bytes long, in a file of "
              + size
              + " bytes");
    }
    Map<String, Entry> entries = parse(file, bytes(channel, 8, (int) length).array());
    checkLayout(file, entries, size - 8 - length);
    return new SafetensorsHeader(entries, 8 + length);
  }

  private static ByteBuffer bytes(FileChannel channel, long at, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining() && channel.read(buffer, at + buffer.position()) >= 0) {
      // Reads may be short.
    }
    return buffer.flip();
  }

  private static Map<String, Entry> parse(Path file, byte[] header) {
    JsonNode root;
    try {
      root = JSON.readTree(header);
    } catch (JsonProcessingException e) {
      throw FileException.damaged(file, "the header is not JSON: " + JsonProblem.of(e));
    } catch (IOException e) {
      throw FileException.damaged(file, "the header is not JSON: " + e.getMessage());
    }
    if (!root.isObject()) {
      throw FileException.damaged(file, "the header is not a JSON object");
    }
    Map<String, Entry> entries = new LinkedHashMap<>();
    root.properties().stream()
        .filter(property -> !property.getKey().equals("__metadata__"))
        .forEach(
            property ->
                entries.put(
                    property.getKey(), entry(file, property.getKey(), property.getValue())));
    return entries;
  }

  private static Entry entry(Path file, String name, JsonNode node) {
    String dtype = node.path("dtype").asText();
    ElementType type =
        Arrays.stream(ElementType.values())
            .filter(known -> known.name().equals(dtype))
            .findFirst()
            .orElseThrow(
                () ->
                    FileException.damaged(
                        file, "weight " + name + " has the unknown dtype " + node.path("dtype")));
    JsonNode offsets = node.path("data_offsets");
    if (!isWhole(offsets) || offsets.size() != 2) {
      throw FileException.damaged(file, "weight " + name + " has the data_offsets " + offsets);
    }
    List<Integer> shape = shape(file, name, node.path("shape"));
    Entry entry = new Entry(type, shape, offsets.get(0).asLong(), offsets.get(1).asLong());
    checkSize(file, name, entry);
    return entry;
  }

  private static List<Integer> shape(Path file, String name, JsonNode node) {
    List<Integer> shape = new ArrayList<>();
    if (!isWhole(node)) {
      throw FileException.damaged(file, "weight " + name + " has the shape " + node);
    }
    for (JsonNode dimension : node) {
      if (!dimension.canConvertToInt() || dimension.asInt() < 0) {
        throw FileException.damaged(file, "weight " + name + " has the shape " + node);
      }
      shape.add(dimension.asInt());
    }
    return shape;
  }

  private static boolean isWhole(JsonNode numbers) {
    if (!numbers.isArray()) {
      return false;
    }
    for (JsonNode number : numbers) {
      if (!number.isIntegralNumber() || !number.canConvertToLong()) {
        return false;
      }
    }
    return true;
  }

  private static void checkSize(Path file, String name, Entry entry) {
    long needed = entry.type.bytes(entry.shape).orElse(-1);
    if (entry.begin < 0 || entry.end < entry.begin || entry.end - entry.begin != needed) {
      throw FileException.damaged(
          file,
          "weight "
              + name
              + " of shape "
              + entry.shape
              + " and type "
              + entry.type
              + " cannot lie in bytes "
              + entry.begin
              + " to "
              + entry.end);
    }
  }

  /** The data must be covered from begin to end, without gaps and overlaps. */
  private static void checkLayout(Path file, Map<String, Entry> entries, long dataLength) {
    long at = 0;
    List<Map.Entry<String, Entry>> sorted = new ArrayList<>(entries.entrySet());
    sorted.sort(
        Comparator.<Map.Entry<String, Entry>>comparingLong(e -> e.getValue().begin)
            .thenComparingLong(e -> e.getValue().end));
    for (Map.Entry<String, Entry> next : sorted) {
      Entry entry = next.getValue();
      if (entry.begin != at) {
        throw FileException.damaged(
            file,
            "weight "
                + next.getKey()
                + " begins at byte "
                + entry.begin
                + ", the one before it ends at "
                + at);
      }
      at = entry.end;
    }
    if (at != dataLength) {
      throw FileException.damaged(
          file, "the weights need " + at + " bytes, the file has " + dataLength + " for them");
    }
  }
}
