// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tensorflow;

import dev.bertctl.runtime.CacheFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Properties;

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

  /**
   * Whether TensorFlow's library for CUDA is part of a build.
   *
   * @param classes loads the build's classes
   */
  static boolean includeCuda(ClassLoader classes) {
    return classes
        .resources("native/lib/tensorflow.properties")
        .anyMatch(resource -> classifier(resource).startsWith("cu"));
  }

  private static String classifier(URL resource) {
    Properties properties = new Properties();
    try (InputStream content = resource.openStream()) {
      properties.load(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("classifier", "");
  }

  private static void set(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
