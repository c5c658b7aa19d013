// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tensorflow;

import com.sun.jna.Library;
import com.sun.jna.NativeLibrary;
import dev.bertctl.runtime.OtherCache;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.tensorflow.line.TensorFlowLine;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * CUDA's own libraries, where the class path has them. TensorFlow looks for them by their names,
 * and finds those that the process has loaded before it looks elsewhere; they lie beside
 * TensorFlow's, where JavaCPP, which loads some of them too, does not unpack them once more.
 */
public final class CudaLibraries {

  /** dlopen's RTLD_LAZY and RTLD_GLOBAL. */
  private static final int LAZY_GLOBAL = 0x101;

  private static final String PLACE = "org/bytedeco/cuda/%s/%s";

  private CudaLibraries() {}

  /**
   * Names of their files; none where the class path does not have them, but perhaps the machine.
   */
  static List<String> files() {
    List<String> files = TensorFlowLine.CUDA_LIBRARIES;
    return files.stream().allMatch(file -> place(file) != null) ? files : List.of();
  }

  /** Whether the class path has them. */
  public static boolean areIncluded() {
    return !files().isEmpty();
  }

  /**
   * Which of those that TensorFlow looks for the system cannot load; those of the class path are
   * not looked at.
   */
  public static List<String> missingOnThisMachine() {
    return NativeLibraries.withJna(
        () -> TensorFlowLine.CUDA.libraries().stream().filter(file -> !canLoad(file)).toList());
  }

  private static boolean canLoad(String file) {
    try (NativeLibrary library = NativeLibrary.getInstance(file)) {
      return library != null;
    } catch (UnsatisfiedLinkError e) {
      // What is asked here is whether there is one.
      return false;
    }
  }

  /** Where a file is on the class path; null if it is not. */
  static URL place(String file) {
    return CudaLibraries.class
        .getClassLoader()
        .getResource(PLACE.formatted(TensorFlowBuild.thisPlatform(), file));
  }

  /**
   * Loads them, each after those that it uses itself.
   *
   * @param folder where they were unpacked to
   * @throws UserException if one of them cannot be loaded
   */
  static void load(Path folder) {
    for (String file : files()) {
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
