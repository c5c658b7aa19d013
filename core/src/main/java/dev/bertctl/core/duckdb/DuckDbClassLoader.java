// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.duckdb;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;

/**
 * Loads DuckDB's driver so that it takes its native library from where bertctl keeps it. By itself
 * the driver would unpack it into a temporary folder for each process, 60 MB that may not even be
 * executable there.
 */
final class DuckDbClassLoader extends URLClassLoader {

  /** The name that the driver asks for. */
  static final String LIBRARY = "duckdb_java";

  /** What the libraries in its jar are called, but for the machine that they are for. */
  static final String RESOURCE = "libduckdb_java.so_";

  private final Path library;

  /**
   * @param jar the driver's
   * @param library the native library
   */
  DuckDbClassLoader(URL jar, Path library) {
    super("duckdb", new URL[] {jar}, ClassLoader.getPlatformClassLoader());
    this.library = library.toAbsolutePath();
  }

  /** The driver unpacks a library that it finds in its jar. */
  @Override
  public URL findResource(String name) {
    return name.startsWith(RESOURCE) ? null : super.findResource(name);
  }

  @Override
  protected String findLibrary(String name) {
    return name.equals(LIBRARY) ? library.toString() : null;
  }
}
