// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.host.plugins;

import dev.bertctl.host.plugins.JarContents.NewestClass;
import dev.bertctl.runtime.registry.PluginRelease;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;

/** What can be known of a plugin before anything of it is loaded. */
final class StaticCheck {

  private static final String NEW_COPY = "build it or fetch it again";

  private final Path jar;
  private final PluginRelease release;
  private final List<String> providers;
  private final List<Refusal> refusals;

  /**
   * @param jar the jar with the services file, or the folder where there is no such jar
   * @param release which release of which plugin it is
   * @param providers the classes that its services file names
   * @param refusals why it is not used; empty if it may be loaded
   */
  private StaticCheck(
      Path jar, PluginRelease release, List<String> providers, List<Refusal> refusals) {
    this.jar = jar;
    this.release = release;
    this.providers = providers;
    this.refusals = refusals;
  }

  /** The jar with the services file, or the folder where there is no such jar. */
  Path jar() {
    return jar;
  }

  /** Which release of which plugin it is. */
  PluginRelease release() {
    return release;
  }

  /** The classes that its services file names. */
  List<String> providers() {
    return providers;
  }

  /** Why it is not used; empty if it may be loaded. */
  List<Refusal> refusals() {
    return refusals;
  }

  /**
   * Checks a plugin.
   *
   * @param known libraries that need not be looked at; learns of those that pass
   */
  static StaticCheck of(PluginFiles files, KnownLibraries known) {
    List<Refusal> refusals = new ArrayList<>();
    List<Path> unknown = files.jars().stream().filter(jar -> !known.contain(jar)).toList();
    List<JarContents> jars = read(unknown, refusals);
    for (JarContents jar : jars) {
      List<Refusal> own =
          Stream.of(carriedHostClass(jar), newerClass(jar)).flatMap(Optional::stream).toList();
      refusals.addAll(own);
      if (own.isEmpty() && jar.providers().isEmpty()) {
        known.add(jar.jar(), jar.newest().map(NewestClass::java).orElse(0));
      }
    }
    List<JarContents> named = jars.stream().filter(jar -> jar.providers().isPresent()).toList();
    if (named.size() != 1) {
      if (refusals.isEmpty()) {
        refusals.add(noSinglePlugin(files, named));
      }
      return new StaticCheck(
          files.path(), PluginRelease.unknown(files.path()), List.of(), refusals);
    }
    JarContents plugin = named.get(0);
    spi(plugin).ifPresent(refusals::add);
    // A jar that cannot be read may have the missing classes.
    if (jars.size() == unknown.size()) {
      refusals.addAll(providers(plugin, files));
    }
    return new StaticCheck(
        plugin.jar(), plugin.release(), plugin.providers().orElseThrow(), refusals);
  }

  private static List<JarContents> read(List<Path> files, List<Refusal> refusals) {
    List<JarContents> jars = new ArrayList<>();
    for (Path jar : files) {
      try {
        jars.add(JarContents.read(jar));
      } catch (IOException | IllegalArgumentException e) {
        // ZipFile throws IllegalArgumentException for names that are no UTF-8.
        refusals.add(new Refusal(jar, "it cannot be read as a jar: " + reason(e), NEW_COPY));
      }
    }
    return jars;
  }

  /** A file system's exceptions have no other message than the file's name. */
  private static String reason(Exception error) {
    return error instanceof FileSystemException
        ? error.getClass().getSimpleName()
        : error.getMessage();
  }

  private static Optional<Refusal> carriedHostClass(JarContents jar) {
    return jar.classes().stream()
        .filter(HostClasses::mustNotBeCarried)
        .sorted()
        .findFirst()
        .map(
            name ->
                new Refusal(
                    jar.jar(),
                    "it carries %s, which belongs to bertctl".formatted(name),
                    "give the dependency that brings it the scope 'provided' and build the plugin"
                        + " again, or remove that jar from the plugin's folder"));
  }

  private static Optional<Refusal> newerClass(JarContents jar) {
    int here = Runtime.version().feature();
    return jar.newest()
        .filter(newest -> newest.java() > here)
        .map(
            newest ->
                new Refusal(
                    jar.jar(),
                    "its class %s needs Java %d, this is Java %d"
                        .formatted(newest.name(), newest.java(), here),
                    "run bertctl with Java %d or newer (JAVA_HOME), or install a build for Java %d"
                        .formatted(newest.java(), here)));
  }

  private static Refusal noSinglePlugin(PluginFiles files, List<JarContents> named) {
    if (files.jars().isEmpty()) {
      return new Refusal(
          files.path(), "it holds no jar", "put the plugin's jars into it, or remove the folder");
    }
    if (named.size() > 1) {
      return new Refusal(
          files.path(),
          "%s and %s in it both have %s"
              .formatted(
                  named.get(0).jar().getFileName(),
                  named.get(1).jar().getFileName(),
                  JarContents.SERVICES),
          "a folder is one plugin with its libraries: give each plugin a folder of its own");
    }
    return new Refusal(
        files.path(),
        (files.jars().size() > 1 ? "none of its jars has " : "it has no ") + JarContents.SERVICES,
        "its author adds that file, which names the task plugins; a mere library belongs in one"
            + " folder with the plugin that needs it");
  }

  private static Optional<Refusal> spi(JarContents jar) {
    SpiVersion host = SpiVersion.ofHost();
    Optional<String> stated = jar.release().spi();
    if (stated.isEmpty()) {
      return Optional.of(
          new Refusal(
              jar.jar(),
              "its manifest does not say which version of the SPI it was built for",
              "its author adds '%s: %s' (here: %s)"
                  .formatted(PluginRelease.SPI_VERSION, "MAJOR.MINOR", host)));
    }
    Optional<SpiVersion> built = SpiVersion.parse(stated.get());
    if (built.isEmpty()) {
      return Optional.of(
          new Refusal(
              jar.jar(),
              "its manifest says '%s: %s', which is no version such as %s"
                  .formatted(PluginRelease.SPI_VERSION, stated.get(), host),
              "its author corrects it"));
    }
    return built.filter(version -> !host.runs(version)).map(version -> otherSpi(jar, version));
  }

  private static Refusal otherSpi(JarContents jar, SpiVersion built) {
    SpiVersion host = SpiVersion.ofHost();
    boolean older = built.major() < host.major();
    return new Refusal(
        jar.jar(),
        "it was built for version %s of the SPI, this is %s".formatted(built, host),
        older
            ? "install a newer version of the plugin, built for %d.x".formatted(host.major())
            : "update bertctl, or install a version of the plugin built for %d.0 to %s"
                .formatted(host.major(), host));
  }

  private static List<Refusal> providers(JarContents plugin, PluginFiles files) {
    List<String> names = plugin.providers().orElseThrow();
    if (names.isEmpty()) {
      return List.of(
          new Refusal(
              plugin.jar(),
              "its %s names no class".formatted(JarContents.SERVICES),
              "its author adds the name of the task plugin's class"));
    }
    if (!names.stream().allMatch(SourceVersion::isName)) {
      // What it names instead may be anything, binary data included, and is not repeated.
      return List.of(
          new Refusal(
              plugin.jar(),
              "its %s has a line that is no class's name".formatted(JarContents.SERVICES),
              NEW_COPY));
    }
    List<String> elsewhere =
        names.stream().filter(name -> !plugin.classes().contains(name)).toList();
    if (elsewhere.isEmpty()) {
      return List.of();
    }
    List<JarContents> jars = read(files.jars(), new ArrayList<>());
    return elsewhere.stream()
        .filter(name -> jars.stream().noneMatch(jar -> jar.classes().contains(name)))
        .map(
            name ->
                new Refusal(
                    plugin.jar(),
                    "its %s names %s, a class that is not there"
                        .formatted(JarContents.SERVICES, name),
                    "its author corrects the name, or builds the jar with the class"))
        .toList();
  }
}
