// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tensorflow;

import com.sun.jna.Library;
import com.sun.jna.NativeLibrary;
import dev.bertctl.runtime.OtherCache;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.tensorflow.line.TensorFlowLine;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * CUDA's own libraries, where the class path has them: TensorFlow looks for them by their names,
 * and finds those that the process has loaded before it looks elsewhere.
 */
final class CudaLibraries {

  /** dlopen's RTLD_LAZY and RTLD_GLOBAL. */
  private static final int LAZY_GLOBAL = 0x101;

  private CudaLibraries() {}

  /**
   * Unpacks and loads them; does nothing where the class path has none, so that the machine's are
   * found.
   *
   * @throws UserException if one of them cannot be unpacked or loaded
   */
  static void load() {
    List<String> files = TensorFlowLine.CUDA_LIBRARIES;
    NativeFolder libraries =
        NativeFolder.of(
            NativeLibraries.folder().resolve("cuda").resolve(TensorFlowLine.CUDA_VERSION),
            files,
            ("org/bytedeco/cuda/" + TensorFlowBuild.thisPlatform() + "/")::concat);
    if (files.isEmpty() || !libraries.hasLibraries()) {
      return;
    }
    Path folder = libraries.filled();
    for (String file : files) {
      try {
        NativeLibrary.getInstance(
            folder.resolve(file).toString(), Map.of(Library.OPTION_OPEN_FLAGS, LAZY_GLOBAL));
      } catch (UnsatisfiedLinkError e) {
        throw new UserException(
            "CUDA's %s cannot be loaded: %s".formatted(file, e.getMessage()), new OtherCache(), e);
      }
    }
  }
}
