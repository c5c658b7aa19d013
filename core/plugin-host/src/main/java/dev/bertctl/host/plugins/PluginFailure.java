// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.host.plugins;

import java.util.Arrays;
import java.util.Optional;

/** Finds out whether an unexpected failure is that of an outside plugin. */
public final class PluginFailure {

  private PluginFailure() {}

  /**
   * Which plugin failed and, where its classes do not fit, what to do about it; empty if no code of
   * an outside plugin was at work.
   */
  public static Optional<String> explain(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      Optional<String> plugin =
          Arrays.stream(cause.getStackTrace())
              .flatMap(frame -> Optional.ofNullable(frame.getClassLoaderName()).stream())
              .filter(loader -> loader.startsWith(PluginClassLoader.NAME))
              .findFirst();
      if (plugin.isPresent()) {
        return Optional.of(
            LinkageAdvice.of(failure)
                .map(advice -> plugin.get() + ": " + advice.problem() + "; " + advice.remedy())
                .orElse("this is probably a defect of " + plugin.get()));
      }
    }
    return Optional.empty();
  }
}
