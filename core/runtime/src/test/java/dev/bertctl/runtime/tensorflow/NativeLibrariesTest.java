// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.tensorflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.util.Utils;
import dev.bertctl.runtime.CacheFolder;
import org.junit.jupiter.api.Test;

class NativeLibrariesTest {

  @Test
  void djlStaysOfflineAndUnpacksIntoTheCache() {
    NativeLibraries.prepare();
    assertTrue(Utils.isOfflineMode());
    assertEquals("true", Utils.getEnvOrSystemProperty("OPT_OUT_TRACKING"));
    assertEquals(CacheFolder.ofUser().resolve("native"), Utils.getEngineCacheDir());
  }
}
