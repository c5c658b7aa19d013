// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CacheFolderTest {

  private static final Path HOME = Path.of("/home/ann");

  @Test
  void theOwnVariableGoesBeforeThatOfAllCaches() {
    Map<String, String> both = Map.of("BERTCTL_CACHE", "/a", "XDG_CACHE_HOME", "/b");
    assertEquals(Path.of("/a"), CacheFolder.of(both, HOME));
    assertEquals(Path.of("/b/bertctl"), CacheFolder.of(Map.of("XDG_CACHE_HOME", "/b"), HOME));
    assertEquals(Path.of("/home/ann/.cache/bertctl"), CacheFolder.of(Map.of(), HOME));
  }

  @Test
  void emptyAndRelativeOnesDoNotCount() {
    Map<String, String> none = Map.of("BERTCTL_CACHE", "", "XDG_CACHE_HOME", "relative");
    assertEquals(Path.of("/home/ann/.cache/bertctl"), CacheFolder.of(none, HOME));
  }
}
