// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.host.plugins;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The classes of one plugin: those of {@link HostClasses} are the host's, the JDK's are the JDK's,
 * and all others come from the plugin's own jars or not at all. Resources, services files included,
 * are the plugin's and the JDK's.
 */
final class PluginClassLoader extends URLClassLoader {

  static {
    registerAsParallelCapable();
  }

  /** Begins the names of these loaders; stack traces show them. */
  static final String NAME = "plugin ";

  private final ClassLoader host;
  private final PluginFiles files;

  /**
   * @param first the jar to look into first: the plugin's own, before its libraries
   * @param host the class loader of the SPI
   */
  PluginClassLoader(PluginFiles files, Path first, ClassLoader host) {
    super(NAME + files.name(), urls(files, first), ClassLoader.getPlatformClassLoader());
    this.host = host;
    this.files = files;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    return HostClasses.give(name) ? host.loadClass(name) : super.loadClass(name, resolve);
  }

  PluginFiles files() {
    return files;
  }

  private static URL[] urls(PluginFiles files, Path first) {
    return Stream.concat(Stream.of(first), files.jars().stream())
        .distinct()
        .map(PluginClassLoader::url)
        .toArray(URL[]::new);
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("no jar: " + jar, e);
    }
  }

  @Override
  public String toString() {
    return getName() + " (" + files.path() + ")";
  }
}
