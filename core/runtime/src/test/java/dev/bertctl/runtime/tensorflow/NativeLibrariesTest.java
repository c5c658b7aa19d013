// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tensorflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.util.Utils;
import dev.bertctl.runtime.CacheFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class NativeLibrariesTest {

  @Test
  void djlStaysOfflineAndUsesWhatIsInTheCache() {
    Path cache = CacheFolder.ofUser().resolve("native");

    NativeLibraries.withTokenizers(
        () -> {
          assertTrue(Utils.isOfflineMode());
          assertEquals("true", Utils.getEnvOrSystemProperty("OPT_OUT_TRACKING"));
          assertEquals(cache, Utils.getEngineCacheDir());
          Path tokenizers = Path.of(Utils.getEnvOrSystemProperty("RUST_LIBRARY_PATH"));
          assertEquals(cache.resolve("tokenizers"), tokenizers.getParent().getParent());
          assertTrue(Files.isRegularFile(tokenizers));
          return tokenizers;
        });
    NativeLibraries.withTensorFlow(
        () -> {
          Path tensorFlow = Path.of(Utils.getEnvOrSystemProperty("TENSORFLOW_LIBRARY_PATH"));
          assertEquals(cache.resolve("tensorflow"), tensorFlow.getParent());
          Path jna = Path.of(System.getProperty("jna.boot.library.path"));
          assertEquals(cache.resolve("jna"), jna.getParent());
          return tensorFlow;
        });
  }

  @Test
  void theHostsPropertiesStayAsTheyAre() {
    Properties before = (Properties) System.getProperties().clone();

    TensorFlowEngine.load();
    NativeLibraries.unpacked();

    assertEquals(before, System.getProperties());
    System.setProperty("ai.djl.offline", "false");
    try {
      NativeLibraries.unpacked();
      assertEquals("false", System.getProperty("ai.djl.offline"), "what the host set stays");
    } finally {
      System.clearProperty("ai.djl.offline");
    }
  }

  @Test
  void theReasonIsThatOfTheSystem() {
    Throwable reason = new UnsatisfiedLinkError("libcudart.so.11.0: cannot open shared object");
    assertEquals(
        "libcudart.so.11.0: cannot open shared object",
        NativeLibraries.reason(new IllegalStateException("cannot be loaded", reason)));
    assertEquals("java.lang.StackOverflowError", NativeLibraries.reason(new StackOverflowError()));
  }
}
