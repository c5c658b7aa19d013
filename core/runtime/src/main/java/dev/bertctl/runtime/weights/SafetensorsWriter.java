// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.weights;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bertctl.runtime.files.WholeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes safetensors files, one weight in memory at a time. */
final class SafetensorsWriter {

  private static final int CHUNK_FLOATS = 1 << 18;

  private SafetensorsWriter() {}

  static void write(Path file, Collection<? extends Weight> weights) {
    WholeFile.write(file, partial -> writeTo(partial, weights));
  }

  private static void writeTo(Path file, Collection<? extends Weight> weights) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      writeFully(channel, header(weights));
      ByteBuffer chunk =
          ByteBuffer.allocateDirect(CHUNK_FLOATS * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      for (Weight weight : weights) {
        write(channel, values(weight), chunk);
      }
    }
  }

  private static FloatBuffer values(Weight weight) {
    FloatBuffer values = weight.values();
    if (values.limit() * (long) Float.BYTES
        != ElementType.F32.bytes(weight.shape()).orElseThrow()) {
      throw new IllegalArgumentException(
          weight.name() + ": " + values.limit() + " values for the shape " + weight.shape());
    }
    return values;
  }

  private static ByteBuffer header(Collection<? extends Weight> weights)
      throws JsonProcessingException {
    Map<String, Object> header = new LinkedHashMap<>();
    // transformers refuses files that do not say which framework they are for.
    header.put("__metadata__", Map.of("format", "pt"));
    long at = 0;
    for (Weight weight : weights) {
      long end = at + ElementType.F32.bytes(weight.shape()).orElseThrow();
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("dtype", "F32");
      entry.put("shape", weight.shape());
      entry.put("data_offsets", List.of(at, end));
      if (header.put(weight.name(), entry) != null) {
        throw new IllegalArgumentException("two weights are called " + weight.name());
      }
      at = end;
    }
    byte[] json = new ObjectMapper().writeValueAsBytes(header);
    // Spaces after the JSON align the data to 8 bytes.
    byte[] padding = " ".repeat(-json.length & 7).getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(8 + json.length + padding.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length + padding.length)
        .put(json)
        .put(padding)
        .flip();
  }

  private static void write(FileChannel channel, FloatBuffer values, ByteBuffer chunk)
      throws IOException {
    for (int at = 0; at < values.limit(); at += CHUNK_FLOATS) {
      int length = Math.min(CHUNK_FLOATS, values.limit() - at);
      chunk.clear().limit(length * Float.BYTES);
      chunk.asFloatBuffer().put(values.slice(at, length));
      writeFully(channel, chunk);
    }
  }

  private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
