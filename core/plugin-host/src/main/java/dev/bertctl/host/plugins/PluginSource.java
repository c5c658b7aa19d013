// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.host.plugins;

import dev.bertctl.download.AllowNetwork;
import dev.bertctl.download.AllowNetwork.What;
import dev.bertctl.download.MavenRepositories;
import dev.bertctl.download.MissingArtifactException;
import dev.bertctl.download.WebFile;
import dev.bertctl.runtime.MavenCoordinates;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.files.FileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where a plugin comes from, as the user wrote it. */
sealed interface PluginSource {

  /** What is kept of it beside the plugin: what the user wrote, with whole paths. */
  String origin();

  /**
   * Copies the plugin.
   *
   * @param folder an empty folder
   * @return the jar or the folder of jars in it, by the name that it is to have
   */
  Path fetch(Path folder) throws IOException;

  /**
   * Reads {@code maven:group:artifact:version}, an http or https address, or a path.
   *
   * @throws UserException if it is none of them
   */
  static PluginSource parse(String text, MavenRepositories repositories) {
    if (text.startsWith("maven:")) {
      return new Maven(MavenCoordinates.parse(text.substring("maven:".length())), repositories);
    }
    // Never as a path, which would be shown: whatever scheme it is, it may hold a password.
    if (text.contains("://") || text.matches("(?is)https?:.*")) {
      return new Web(WebFile.parse(text), repositories);
    }
    Path path = Path.of(text).toAbsolutePath().normalize();
    if (!Files.exists(path)) {
      throw new UserException(
          text
              + ": no such file; name a jar, a folder of jars, maven:group:artifact:version or a"
              + " web address");
    }
    String name = String.valueOf(path.getFileName());
    if (name.startsWith(".") || (!Files.isDirectory(path) && !name.endsWith(".jar"))) {
      throw new UserException(
          path + ": a plugin's file is called NAME.jar, a plugin's folder NAME; rename it");
    }
    return new Local(path);
  }

  /** Copies jars into a folder; of two with the same name, the second gets another. */
  private static void copy(List<Path> jars, Path folder) throws IOException {
    for (Path jar : jars) {
      Path copy = folder.resolve(jar.getFileName());
      for (int i = 2; Files.exists(copy); i++) {
        copy = folder.resolve(i + "-" + jar.getFileName());
      }
      Files.copy(jar, copy);
    }
  }

  /** An artifact and what it needs. */
  final class Maven implements PluginSource {

    private final MavenCoordinates coordinates;
    private final MavenRepositories repositories;

    /**
     * @param coordinates of the artifact
     * @param repositories where it is looked for
     */
    Maven(MavenCoordinates coordinates, MavenRepositories repositories) {
      this.coordinates = coordinates;
      this.repositories = repositories;
    }

    @Override
    public String origin() {
      return "maven:" + coordinates;
    }

    @Override
    public Path fetch(Path folder) throws IOException {
      List<Path> jars = jars();
      String name = coordinates.artifact() + "-" + coordinates.version();
      if (jars.size() == 1) {
        return Files.copy(jars.get(0), folder.resolve(name + ".jar"));
      }
      Path plugin = Files.createDirectory(folder.resolve(name));
      copy(jars, plugin);
      return plugin;
    }

    private List<Path> jars() {
      try {
        return repositories.jarWithDependencies(coordinates, HostClasses.ARTIFACTS).stream()
            .filter(PluginFiles::isJar)
            .toList();
      } catch (MissingArtifactException e) {
        String problem = "plugin %s: %s; ".formatted(origin(), e.getMessage());
        throw repositories.offline()
            ? new UserException(
                problem + "fetching it is not allowed", new AllowNetwork(What.PLUGIN), e)
            : new UserException(
                problem
                    + "check the coordinates, the network, mirrors and proxies in ~/.m2/settings.xml, and"
                    + " https_proxy and no_proxy",
                e);
      }
    }
  }

  /** A jar on a web server. */
  final class Web implements PluginSource {

    private final WebFile file;
    private final MavenRepositories network;

    /**
     * @param file the jar
     * @param network what is said of the network for Maven repositories holds for it too
     */
    Web(WebFile file, MavenRepositories network) {
      this.file = file;
      this.network = network;
    }

    @Override
    public String origin() {
      // Without secrets: the origin is written down, also in models that are passed on.
      return file.address().toString();
    }

    @Override
    public Path fetch(Path folder) {
      if (network.offline()) {
        throw new UserException(
            origin() + ": fetching it is not allowed", new AllowNetwork(What.PLUGIN));
      }
      if (!file.name().endsWith(".jar")) {
        throw new UserException(
            origin()
                + ": no address of a jar; give one that ends in .jar, or fetch the file"
                + " yourself and install it from its path");
      }
      Path jar = folder.resolve(file.name());
      file.fetch(jar, JarContents.LARGEST, network.proxies(), network.listener());
      return jar;
    }
  }

  /** A jar or a folder of jars on this machine. */
  final class Local implements PluginSource {

    private final Path path;

    /**
     * @param path the jar or folder
     */
    Local(Path path) {
      this.path = path;
    }

    @Override
    public String origin() {
      return path.toString();
    }

    @Override
    public Path fetch(Path folder) {
      PluginFiles files = PluginFiles.at(path);
      Path copy = folder.resolve(path.getFileName());
      try {
        if (!Files.isDirectory(path)) {
          return Files.copy(path, copy);
        }
        copy(files.jars(), Files.createDirectory(copy));
        return copy;
      } catch (IOException e) {
        throw FileException.reading(path, e);
      }
    }
  }
}
