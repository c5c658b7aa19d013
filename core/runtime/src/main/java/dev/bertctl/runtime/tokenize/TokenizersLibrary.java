// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tokenize;

import ai.djl.engine.EngineException;
import ai.djl.huggingface.tokenizers.jni.LibUtils;
import ai.djl.util.Platform;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.tensorflow.NativeLibraries;
import java.util.function.Supplier;

/** Loads the native library of Hugging Face's tokenizers, through DJL. */
public final class TokenizersLibrary {

  private TokenizersLibrary() {}

  /**
   * Loads the library, once a process.
   *
   * @return its version and that of DJL, whose functions it has too
   * @throws UserException if no native library fits this machine
   */
  public static String load() {
    return with(
        () -> {
          LibUtils.checkStatus();
          return Platform.detectPlatform("tokenizers").getVersion();
        });
  }

  /**
   * Does work that may load the library.
   *
   * @throws UserException if it cannot be loaded
   */
  static <T> T with(Supplier<T> work) {
    try {
      return NativeLibraries.withTokenizers(work);
    } catch (LinkageError | EngineException e) {
      throw new UserException(
          "Hugging Face's tokenizers library cannot be loaded on %s %s: %s; it is built for Linux on x86_64 and aarch64, macOS on aarch64 and Windows on x86_64"
              .formatted(
                  System.getProperty("os.name"),
                  System.getProperty("os.arch"),
                  NativeLibraries.reason(e)),
          e);
    }
  }
}
