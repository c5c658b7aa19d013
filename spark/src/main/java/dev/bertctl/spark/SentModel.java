// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spark;

import dev.bertctl.runtime.files.FileException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkFiles;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * A model as tasks find it, whatever machine they run on. What is sent are broadcasts: executors
 * have them of each other, and a session that is isolated from others has them, too, unlike files
 * and archives of Spark's.
 *
 * @param files what it must consist of
 * @param folder its folder on every machine; null if it is sent
 * @param parts its files in pieces, by name; none if it is not sent
 */
record SentModel(
    ModelFiles files, String folder, LinkedHashMap<String, List<Broadcast<byte[]>>> parts)
    implements Serializable {

  /** Of a piece: small enough for the heaps of driver and executors, 16 MiB. */
  private static final int PIECE = 16 << 20;

  /** What each application has sent. */
  private static final Map<SparkContext, Map<ModelFiles, SentModel>> SENT = new WeakHashMap<>();

  /**
   * Has a model sent to each executor that asks for it, once an application, or does nothing where
   * executors see the folder.
   *
   * @param folder the model's own
   * @param shared whether all machines see it
   */
  static SentModel of(SparkContext context, Path folder, boolean shared) {
    ModelFiles files = ModelFiles.of(folder);
    if (shared || context.isLocal()) {
      return new SentModel(files, folder.toAbsolutePath().toString(), new LinkedHashMap<>());
    }
    synchronized (SENT) {
      return SENT.computeIfAbsent(context, application -> new HashMap<>())
          .computeIfAbsent(files, once -> sent(new JavaSparkContext(context), folder, files));
    }
  }

  private static SentModel sent(JavaSparkContext context, Path folder, ModelFiles files) {
    LinkedHashMap<String, List<Broadcast<byte[]>>> parts = new LinkedHashMap<>();
    for (String name : files.sums().keySet()) {
      List<Broadcast<byte[]>> pieces = new ArrayList<>();
      Path file = folder.resolve(name);
      try (InputStream in = Files.newInputStream(file)) {
        for (byte[] piece = in.readNBytes(PIECE); piece.length > 0; piece = in.readNBytes(PIECE)) {
          pieces.add(context.broadcast(piece));
        }
      } catch (IOException e) {
        throw FileException.reading(file, e);
      }
      parts.put(name, pieces);
    }
    return new SentModel(files, null, parts);
  }

  /** Whether tasks have to make a copy of it. */
  boolean isSent() {
    return folder == null;
  }

  /**
   * Writes the files that were sent into a new folder of the executor's own.
   *
   * @throws FileException if the file system refuses
   */
  Path unpacked() {
    Path root = Path.of(SparkFiles.getRootDirectory());
    try {
      Path copy = Files.createTempDirectory(root, "bertctl-model-");
      for (Map.Entry<String, List<Broadcast<byte[]>>> part : parts.entrySet()) {
        try (OutputStream out = Files.newOutputStream(copy.resolve(part.getKey()))) {
          for (Broadcast<byte[]> piece : part.getValue()) {
            out.write(piece.value());
          }
        }
      }
      return copy;
    } catch (IOException e) {
      throw FileException.writing(root, e);
    }
  }
}
