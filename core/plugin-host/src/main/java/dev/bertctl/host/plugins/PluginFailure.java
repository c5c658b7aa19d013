// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.host.plugins;

import dev.bertctl.spi.TaskPlugin;
import java.util.Arrays;
import java.util.Optional;

/** Finds out whether an unexpected failure is that of an outside plugin, and says so. */
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
                .map(advice -> unusable(plugin.get(), advice))
                .orElseGet(
                    () ->
                        "unexpected failure: %s\nthis is probably a defect of %s"
                            .formatted(failure, plugin.get())));
      }
    }
    return Optional.empty();
  }

  /**
   * What is wrong with a plugin whose classes do not fit, and what to do about it; empty if that is
   * not what failed.
   *
   * @param plugin the plugin that was asked for something, be it one of the application's
   */
  public static Optional<String> explain(TaskPlugin<?> plugin, Throwable failure) {
    ClassLoader classes = plugin.getClass().getClassLoader();
    String name =
        classes instanceof PluginClassLoader own
            ? PluginClassLoader.NAME + own.files().path()
            : "the plugin of task '%s'".formatted(plugin.name());
    return LinkageAdvice.of(failure).map(advice -> unusable(name, advice));
  }

  private static String unusable(String plugin, LinkageAdvice advice) {
    return "%s cannot be used: %s; %s".formatted(plugin, advice.problem(), advice.remedy());
  }
}
