// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A local Maven repository in which bertctl has nothing but its SPI, as it is to be published. What
 * else a build needs comes from the repository of whoever runs the tests, or from where Maven finds
 * it.
 *
 * @param folder the repository
 */
record CleanRepository(Path folder) {

  private static final Path ROOT = Path.of("..");
  private static final String VERSION = System.getProperty("bertctl.version");

  /** Makes a repository in which bertctl has nothing at all. */
  static CleanRepository without(Path folder) {
    return new CleanRepository(folder);
  }

  /** Makes the repository. */
  static CleanRepository in(Path folder) throws IOException {
    CleanRepository repository = new CleanRepository(folder);
    repository.publish("bertctl-spi", "spi");
    copy(
        ROOT.resolve("spi/target/bertctl-spi-%s-tests.jar".formatted(VERSION)),
        Path.of(repository.artifact("dev.bertctl", "bertctl-spi", VERSION) + "-tests.jar"));
    Path parent = repository.artifact("dev.bertctl", "bertctl-parent", VERSION);
    copy(ROOT.resolve("pom.xml"), Path.of(parent + ".pom"));
    return repository;
  }

  /**
   * Adds one of bertctl's modules, as this build has packaged it.
   *
   * @param module its folder
   */
  void publish(String artifact, String module) throws IOException {
    Path folderOfModule = ROOT.resolve(module);
    Path jar = folderOfModule.resolve("target/%s-%s.jar".formatted(artifact, VERSION));
    install(folderOfModule, jar, "dev.bertctl", artifact, VERSION);
  }

  /** Builds a project with {@code mvn verify}. */
  PackagedApp.Result verify(Path project) throws IOException, InterruptedException {
    List<String> line =
        List.of(
            System.getProperty("bertctl.maven"),
            "--batch-mode",
            "--no-transfer-progress",
            "-Dmaven.repo.local=" + folder,
            "-Dmaven.repo.local.tail=" + System.getProperty("bertctl.repository"),
            "verify");
    ProcessBuilder builder = new ProcessBuilder(line).directory(project.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return PackagedApp.await(builder.start());
  }

  /**
   * Builds a project with {@code mvn verify}.
   *
   * @return its jar
   */
  Path build(Path project) throws IOException, InterruptedException {
    PackagedApp.Result result = verify(project);
    assertEquals(0, result.exitCode(), result::out);
    return jar(project);
  }

  /** The jar of a project that was built. */
  static Path jar(Path project) throws IOException {
    try (Stream<Path> files = Files.list(project.resolve("target"))) {
      List<Path> jars = files.filter(file -> file.toString().endsWith(".jar")).toList();
      assertEquals(1, jars.size(), "jars of " + project);
      return jars.get(0);
    }
  }

  /** Puts a project that was built where {@code mvn install} would put it. */
  void install(Path project, Path jar, String group, String artifact, String version)
      throws IOException {
    Path target = artifact(group, artifact, version);
    copy(jar, Path.of(target + ".jar"));
    copy(project.resolve("pom.xml"), Path.of(target + ".pom"));
  }

  /** Where an artifact's files are, without their endings. */
  private Path artifact(String group, String artifact, String version) {
    return folder.resolve(
        "%s/%s/%s/%s-%s".formatted(group.replace('.', '/'), artifact, version, artifact, version));
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    Files.copy(from, to);
  }
}
