// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tensorflow;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which of TensorFlow's native libraries this process takes, loaded or not.
 *
 * @param build that of the class path; none where the user has named a library of their own
 * @param folder where its files are, or are to be unpacked to
 * @param isThere whether they are there
 */
public record TensorFlowLibrary(Optional<TensorFlowBuild> build, Path folder, boolean isThere) {

  /**
   * That of this machine: for CUDA where there is a build for it and a GPU. None where the class
   * path has none for this machine.
   *
   * @throws dev.bertctl.runtime.UserException if asking for a GPU needs a library that cannot be
   *     unpacked
   */
  public static Optional<TensorFlowLibrary> ofThisMachine() {
    Optional<Path> own = NativeLibraries.setPath(NativeLibraries.TENSORFLOW_PATH);
    if (own.isPresent()) {
      return own.map(
          folder -> new TensorFlowLibrary(Optional.empty(), folder, Files.exists(folder)));
    }
    return NativeLibraries.tensorFlow()
        .map(
            build -> {
              NativeFolder folder = NativeLibraries.folder(build);
              return new TensorFlowLibrary(Optional.of(build), folder.path(), folder.isFilled());
            });
  }
}
