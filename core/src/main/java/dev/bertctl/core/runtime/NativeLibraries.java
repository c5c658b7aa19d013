// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runtime;

import dev.bertctl.core.CacheFolder;
import java.nio.file.Path;

/**
 * How DJL treats the native libraries of TensorFlow and of the tokenizers: it unpacks them from the
 * class path into bertctl's cache folder, opens no socket and reports nothing to its makers.
 */
public final class NativeLibraries {

  private NativeLibraries() {}

  /**
   * Tells DJL so; to be called before any of its classes is used. What the user has set, as a
   * system property or in the environment (which DJL puts first), stays.
   */
  public static void prepare() {
    Path folder = CacheFolder.ofUser().resolve("native");
    // Without it DJL asks the cloud's metadata address who it runs for, reports that, and on
    // machines with CUDA fetches another build of the tokenizers library.
    set("ai.djl.offline", "true");
    set("OPT_OUT_TRACKING", "true");
    set("DJL_CACHE_DIR", folder.toString());
    set("org.bytedeco.javacpp.cachedir", folder.resolve("javacpp").toString());
  }

  private static void set(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
