// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime;

import java.nio.file.Path;
import java.util.Map;

/**
 * The one folder that keeps what can be fetched or unpacked again: {@code BERTCTL_CACHE}, else
 * {@code XDG_CACHE_HOME/bertctl}, else {@code ~/.cache/bertctl}.
 */
public final class CacheFolder {

  private CacheFolder() {}

  /** The folder of the user who runs this process. */
  public static Path ofUser() {
    return of(System.getenv(), Path.of(System.getProperty("user.home")));
  }

  /** The folder that environment variables and home directory name. */
  public static Path of(Map<String, String> environment, Path home) {
    String own = environment.getOrDefault("BERTCTL_CACHE", "");
    if (!own.isEmpty()) {
      return Path.of(own).toAbsolutePath();
    }
    // The XDG specification says to ignore relative paths.
    String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
    Path caches =
        !xdg.isEmpty() && Path.of(xdg).isAbsolute() ? Path.of(xdg) : home.resolve(".cache");
    return caches.resolve("bertctl");
  }
}
