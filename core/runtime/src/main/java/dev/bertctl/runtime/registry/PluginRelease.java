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
   * known.
   *
   * @throws UserException if its jar cannot be read
   */
  public static PluginRelease of(TaskPlugin<?> plugin) {
    Path origin = RegisteredTask.origin(plugin.getClass());
    if (Files.isDirectory(origin)) {
      return named(plugin.getClass().getName());
    }
    try (JarReader reader = JarReader.open(origin)) {
      return of(reader, origin);
    } catch (IOException e) {
      throw new UserException(origin + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /** The release in a jar that is open. */
  public static PluginRelease of(JarReader reader, Path jar) throws IOException {
    Optional<MavenCoordinates> coordinates = coordinates(reader, jar);
    return new PluginRelease(
        coordinates.map(MavenCoordinates::artifact).orElse(baseName(jar)),
        reader.attribute("Implementation-Version").or(() -> coordinates.map(c -> c.version())),
        coordinates,
        reader.attribute(SPI_VERSION));
  }

  /** A jar of which nothing is known but its name. */
  public static PluginRelease unknown(Path jar) {
    return named(baseName(jar));
  }

  private static PluginRelease named(String name) {
    return new PluginRelease(name, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Name and version, as far as it is known. */
  public String title() {
    return name + version.map(known -> " " + known).orElse("");
  }

  private static String baseName(Path jar) {
    return jar.getFileName().toString().replaceFirst("\\.jar$", "");
  }

  /**
   * A jar into which libraries were packed has the coordinates of these too: then its own are those
   * that it is named after.
   */
  private static Optional<MavenCoordinates> coordinates(JarReader reader, Path jar)
      throws IOException {
    List<MavenCoordinates> all = new ArrayList<>();
    for (String name : reader.names()) {
      if (name.startsWith(MAVEN) && name.endsWith("/pom.properties")) {
        read(reader.content(name).orElseThrow()).ifPresent(all::add);
      }
    }
    String file = jar.getFileName().toString();
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
