// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.registry;

import dev.bertctl.runtime.MavenCoordinates;
import dev.bertctl.runtime.UserException;
import dev.bertctl.spi.TaskPlugin;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * Which release of which plugin a jar is.
 *
 * @param name the artifact id, or where there is none the jar's name
 * @param version the manifest's {@code Implementation-Version}, else that of the coordinates
 * @param coordinates as Maven writes them into {@code META-INF/maven}
 * @param spi the manifest's {@link #SPI_VERSION}
 */
public record PluginRelease(
    String name,
    Optional<String> version,
    Optional<MavenCoordinates> coordinates,
    Optional<String> spi) {

  /** The manifest attribute that says which version of the SPI a plugin was built for. */
  public static final String SPI_VERSION = "Bertctl-SPI-Version";

  private static final String MAVEN = "META-INF/maven/";

  /**
   * The release that a plugin was loaded from; of a folder of classes only the plugin's class is
   * known. Where the jar is no file, what can be read of it counts, and else what its class loader
   * knows of its manifest.
   *
   * @throws UserException if its jar is a file that cannot be read
   */
  public static PluginRelease of(TaskPlugin<?> plugin) {
    PluginOrigin origin = PluginOrigin.of(plugin.getClass());
    if (origin.file().filter(Files::isDirectory).isPresent()) {
      return named(plugin.getClass().getName());
    }
    Optional<JarReader> jar;
    try {
      jar = JarReader.open(origin);
    } catch (IOException e) {
      throw new UserException(origin + ": cannot be read: " + e.getMessage(), e);
    }
    if (jar.isEmpty()) {
      return known(plugin.getClass());
    }
    try (JarReader reader = jar.get()) {
      return of(reader, origin.name());
    } catch (IOException e) {
      throw new UserException(origin + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /** What the class loader took of a manifest that only it can read. */
  private static PluginRelease known(Class<?> type) {
    return new PluginRelease(
        type.getName(),
        Optional.ofNullable(type.getPackage().getImplementationVersion()),
        Optional.empty(),
        Optional.empty());
  }

  /** The release in a jar that is open. */
  public static PluginRelease of(JarReader reader, Path jar) throws IOException {
    return of(reader, jar.getFileName().toString());
  }

  private static PluginRelease of(JarReader reader, String file) throws IOException {
    Optional<MavenCoordinates> coordinates = coordinates(reader, file);
    return new PluginRelease(
        coordinates.map(MavenCoordinates::artifact).orElse(baseName(file)),
        reader.attribute("Implementation-Version").or(() -> coordinates.map(c -> c.version())),
        coordinates,
        reader.attribute(SPI_VERSION));
  }

  /** A jar of which nothing is known but its name. */
  public static PluginRelease unknown(Path jar) {
    return named(baseName(jar.getFileName().toString()));
  }

  private static PluginRelease named(String name) {
    return new PluginRelease(name, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Name and version, as far as it is known. */
  public String title() {
    return name + version.map(known -> " " + known).orElse("");
  }

  private static String baseName(String file) {
    return file.replaceFirst("\\.jar$", "");
  }

  /**
   * A jar into which libraries were packed has the coordinates of these too: then its own are those
   * that it is named after.
   */
  private static Optional<MavenCoordinates> coordinates(JarReader reader, String file)
      throws IOException {
    List<MavenCoordinates> all = new ArrayList<>();
    for (String name : reader.names()) {
      if (name.startsWith(MAVEN) && name.endsWith("/pom.properties")) {
        read(reader.content(name).orElseThrow()).ifPresent(all::add);
      }
    }
    return all.size() == 1
        ? Optional.of(all.get(0))
        : all.stream()
            .filter(one -> file.endsWith(one.artifact() + "-" + one.version() + ".jar"))
            .findFirst();
  }

  private static Optional<MavenCoordinates> read(byte[] file) throws IOException {
    Properties properties = new Properties();
    properties.load(new ByteArrayInputStream(file));
    String text =
        properties.getProperty("groupId")
            + ":"
            + properties.getProperty("artifactId")
            + ":"
            + properties.getProperty("version");
    try {
      return Optional.of(MavenCoordinates.parse(text));
    } catch (UserException unusable) {
      return Optional.empty();
    }
  }
}
