// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.registry;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;

/**
 * Where a class was loaded from: a jar, a folder of classes, or a place that is no file, such as a
 * jar within the executable jar of Spring Boot.
 *
 * @param location as its class loader names it; empty if it does not say
 * @param file the jar or folder; empty if it is no file of its own
 */
public record PluginOrigin(Optional<URL> location, Optional<Path> file) {

  private static final String JAR_FILE = "jar:file:";
  private static final String WITHIN = "!/";

  /** Where a class was loaded from. */
  public static PluginOrigin of(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    Optional<URL> location = Optional.ofNullable(source).map(CodeSource::getLocation);
    return new PluginOrigin(location, location.flatMap(PluginOrigin::file));
  }

  /** The file of {@code file:/x.jar} and of {@code jar:file:/x.jar!/}. */
  private static Optional<Path> file(URL location) {
    String address = location.toString();
    String file =
        address.startsWith(JAR_FILE)
                && address.indexOf(WITHIN) == address.length() - WITHIN.length()
            ? address.substring("jar:".length(), address.length() - WITHIN.length())
            : address;
    if (!file.startsWith("file:")) {
      return Optional.empty();
    }
    try {
      return Optional.of(Path.of(new URI(file)));
    } catch (URISyntaxException e) {
      throw new IllegalStateException("its location is no valid URI: " + e.getInput(), e);
    }
  }

  /**
   * The jar or folder.
   *
   * @throws IllegalStateException if it is no file
   */
  public Path path() {
    return file.orElseThrow(() -> new IllegalStateException(this + " is no file"));
  }

  /** The name of the jar or folder, without the folders that it is in. */
  public String name() {
    String[] parts = toString().split("[/\\\\!]+");
    return file.map(path -> path.getFileName().toString())
        .orElse(parts.length == 0 ? toString() : parts[parts.length - 1]);
  }

  /** The path of the file, else the location. */
  @Override
  public String toString() {
    return file.map(Path::toString)
        .or(() -> location.map(URL::toString))
        .orElse("a place that its class loader does not name");
  }
}
