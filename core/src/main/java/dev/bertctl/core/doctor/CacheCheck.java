// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.doctor;

import dev.bertctl.core.models.CachedModel;
import dev.bertctl.runtime.CacheFolder;
import dev.bertctl.runtime.OtherCache;
import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.onnxruntime.OnnxRuntimeEngine;
import dev.bertctl.runtime.tensorflow.NativeLibraries;
import dev.bertctl.runtime.tensorflow.TensorFlowLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The cache folder and the disk that it is on. */
final class CacheCheck {

  private static final String NAME = "cache";
  private static final long LITTLE = 3_000_000_000L;

  private CacheCheck() {}

  /** To be asked before anything loads a native library, which unpacks it. */
  static Finding ofUser() {
    Path folder = CacheFolder.ofUser();
    Path existing = existing(folder);
    boolean writable = Files.isDirectory(existing) && Files.isWritable(existing);
    try {
      return of(folder, writable, areUnpacked(), Files.getFileStore(existing).getUsableSpace());
    } catch (IOException e) {
      throw FileException.reading(existing, e);
    }
  }

  /** What is there of a folder that is perhaps yet to be made: it, or what it is to be made in. */
  static Path existing(Path folder) {
    Path existing = folder.toAbsolutePath();
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    return existing;
  }

  private static boolean areUnpacked() {
    // TensorFlow's comes last: which of several a machine is for may be asked of a GPU's driver, by
    // a
    // library that is itself unpacked into the cache.
    return NativeLibraries.tokenizers().isFilled()
        && OnnxRuntimeEngine.libraries().isFilled()
        && TensorFlowLibrary.ofThisMachine().map(TensorFlowLibrary::isThere).orElse(true);
  }

  /**
   * Judges a cache.
   *
   * @param unpacked whether it has the native libraries
   * @param free bytes on its disk
   */
  static Finding of(Path folder, boolean writable, boolean unpacked, long free) {
    String place = folder.toString();
    if (!writable) {
      return unpacked
          ? Finding.ok(
              NAME,
              place
                  + " cannot be written, but has the native libraries; no model is fetched into it")
          : Finding.problem(
              NAME,
              "%s can be neither used nor written: %s".formatted(place, reason(existing(folder))),
              new OtherCache());
    }
    String detail = "%s, %s free on its disk".formatted(place, Size.of(free));
    return !unpacked && free < LITTLE
        ? Finding.note(
            NAME,
            "%s; native libraries, which are still to be unpacked, and a model take up to %s"
                .formatted(detail, Size.of(LITTLE)),
            new MoreSpace())
        : Finding.ok(NAME, detail);
  }

  private static String reason(Path existing) {
    return existing
        + (Files.isDirectory(existing)
            ? " is not yours to write, and the native libraries are not unpacked there"
            : " is a file, not a folder");
  }

  /** The models in it. */
  static Finding of(List<CachedModel> models) {
    String name = "models";
    return models.isEmpty()
        ? Finding.ok(name, "none in the cache")
        : Finding.ok(
            name,
            "%d in the cache, %s: %s"
                .formatted(
                    models.size(),
                    Size.of(models.stream().mapToLong(CachedModel::bytes).sum()),
                    models.stream().map(CachedModel::name).collect(Collectors.joining(", "))));
  }
}
