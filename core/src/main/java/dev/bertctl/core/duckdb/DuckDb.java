// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.duckdb;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.tensorflow.NativeFolder;
import dev.bertctl.runtime.tensorflow.NativeLibraries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

/** Opens databases of DuckDB that are in memory, to read and write files with. */
public final class DuckDb {

  private static final String DRIVER = "org.duckdb.DuckDBDriver";

  private DuckDb() {}

  /** The driver, loaded when it is first asked for, and then once. */
  private static final class Loaded {
    static final Driver DRIVER = load();
  }

  /**
   * Opens an empty database; close it. It reads no settings of the user's, loads no extensions and
   * fetches none, and works with one thread, so that a result comes in order and little of it at a
   * time.
   *
   * @throws UserException if this machine cannot load DuckDB
   */
  public static Connection open() {
    Properties settings = new Properties();
    settings.setProperty("jdbc_stream_results", "true");
    settings.setProperty("autoinstall_known_extensions", "false");
    settings.setProperty("autoload_known_extensions", "false");
    settings.setProperty("threads", "1");
    try {
      return Loaded.DRIVER.connect("jdbc:duckdb:", settings);
    } catch (SQLException e) {
      throw new IllegalStateException("an empty database cannot be opened", e);
    } catch (ExceptionInInitializerError e) {
      if (e.getCause() instanceof UserException failure) {
        throw failure;
      }
      throw e;
    }
  }

  /**
   * Makes sure that files can be read and written, before work is done that needs it.
   *
   * @throws UserException if this machine cannot load DuckDB
   */
  public static void requireLoadable() {
    close(open());
  }

  /** Closes a database. */
  public static void close(Connection database) {
    try {
      database.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The pattern that only this file fits: its name may have characters that are wildcards. */
  public static String pattern(Path file) {
    return file.toAbsolutePath().toString().replaceAll("[\\[*?]", "[$0]");
  }

  /** Why a query failed, in a line. */
  public static String reason(SQLException failure) {
    return String.valueOf(failure.getMessage())
        .lines()
        .findFirst()
        .orElse("")
        .replaceFirst("^[A-Z][A-Za-z ]* Error: ", "");
  }

  private static Driver load() {
    JarURLConnection jar = jar();
    try {
      Path library = unpacked();
      NativeLibraries.requireLoadable(library, "DuckDB, which reads and writes Parquet files,");
      ClassLoader loader = new DuckDbClassLoader(jar.getJarFileURL(), library);
      return (Driver) Class.forName(DRIVER, true, loader).getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("DuckDB's driver is not what it was built with", e);
    }
  }

  /**
   * The native library, in the folder that bertctl keeps such in.
   *
   * @throws UserException if there is none for this machine, or it cannot be unpacked
   */
  public static Path unpacked() {
    NativeFolder folder = libraries();
    if (!folder.hasLibraries()) {
      throw new UserException(
          "Parquet files are neither read nor written on this machine: DuckDB has no library for %s; use csv or JSON lines for their rows"
              .formatted(machine()));
    }
    return folder.filled().resolve(System.mapLibraryName(DuckDbClassLoader.LIBRARY));
  }

  /** Where the library is, or is to be. */
  public static NativeFolder libraries() {
    String machine = machine();
    return NativeFolder.of(
        NativeLibraries.folder().resolve("duckdb").resolve(version() + "-" + machine),
        List.of(System.mapLibraryName(DuckDbClassLoader.LIBRARY)),
        name -> DuckDbClassLoader.RESOURCE + machine);
  }

  /** As DuckDB names its libraries. */
  private static String machine() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    if (system.startsWith("mac")) {
      return "osx_universal";
    }
    String processor = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return (system.startsWith("windows") ? "windows" : system)
        + "_"
        + processor.replace("x86_64", "amd64").replace("aarch64", "arm64");
  }

  private static String version() {
    try {
      return jar().getManifest().getMainAttributes().getValue("Bundle-Version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JarURLConnection jar() {
    URL driver = DuckDb.class.getClassLoader().getResource(DRIVER.replace('.', '/') + ".class");
    try {
      JarURLConnection jar = (JarURLConnection) driver.openConnection();
      jar.setUseCaches(false);
      return jar;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
