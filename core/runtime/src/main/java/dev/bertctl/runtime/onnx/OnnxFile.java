// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.onnx;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.bertctl.runtime.files.WholeFile;
import dev.bertctl.runtime.onnx.model.Constant;
import dev.bertctl.runtime.onnx.model.OnnxDefinition;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes ONNX models. Up to 2 GB, the most that protobuf takes, they are one file; what is larger
 * has its weights in a second one, {@code NAME_data}, which must stay beside it.
 */
public final class OnnxFile {

  /** What the rest of the model has room in, up to protobuf's 2 GiB. */
  private static final long LARGEST = (1L << 31) - (1L << 26);

  /** Weights begin at whole pages, so that readers may map them. */
  private static final long ALIGNMENT = 4096;

  private OnnxFile() {}

  /**
   * Writes a model; an existing file is replaced when the new one is complete.
   *
   * @param metadata kept in the file
   * @throws dev.bertctl.runtime.files.FileException if the file system refuses
   */
  public static void write(Path file, OnnxDefinition graph, Map<String, String> metadata) {
    write(file, graph, metadata, LARGEST);
  }

  /**
   * @param largest bytes of weights that are written into the model itself
   */
  static void write(Path file, OnnxDefinition graph, Map<String, String> metadata, long largest) {
    if (graph.bytes() <= largest) {
      WholeFile.write(
          file,
          partial -> {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(partial))) {
              new ModelStream(graph, metadata).writeTo(out);
            }
          });
      return;
    }
    Path data = WholeFile.beside(WholeFile.behindLinks(file), "_data");
    Map<String, Long> offsets = offsets(graph.initializers());
    WholeFile.write(data, partial -> writeData(partial, graph, offsets));
    WholeFile.write(
        file,
        partial -> {
          try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(partial))) {
            String name = data.getFileName().toString();
            graph.toModel(constant -> outside(constant, name, offsets), metadata).writeTo(out);
          }
        });
  }

  private static boolean isOutside(Constant constant) {
    return constant.bytes() >= ALIGNMENT;
  }

  private static Map<String, Long> offsets(List<Constant> constants) {
    Map<String, Long> offsets = new HashMap<>();
    long next = 0;
    for (Constant constant : constants) {
      if (isOutside(constant)) {
        offsets.put(constant.name(), next);
        next = (next + constant.bytes() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
      }
    }
    return offsets;
  }

  private static void writeData(Path partial, OnnxDefinition graph, Map<String, Long> offsets)
      throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            partial,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      for (Constant constant : graph.initializers()) {
        if (isOutside(constant)) {
          ByteBuffer bytes = constant.toBytes();
          channel.position(offsets.get(constant.name()));
          while (bytes.hasRemaining()) {
            channel.write(bytes);
          }
        }
      }
    }
  }

  private static TensorProto outside(Constant constant, String file, Map<String, Long> offsets) {
    if (!isOutside(constant)) {
      return OnnxDefinition.inside(constant);
    }
    return OnnxDefinition.described(constant)
        .setDataLocation(TensorProto.DataLocation.EXTERNAL)
        .addExternalData(entry("location", file))
        .addExternalData(entry("offset", Long.toString(offsets.get(constant.name()))))
        .addExternalData(entry("length", Long.toString(constant.bytes())))
        .build();
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }
}
