// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.runtime.registry.PluginOrigin;
import java.nio.file.Path;

/** The application as it was packaged. */
final class Application {

  private Application() {}

  /**
   * Its folder, which holds {@code quarkus-run.jar}: this class's jar is in the folder "app" there.
   */
  static Path folder() {
    return PluginOrigin.of(Application.class).path().getParent().getParent();
  }
}
