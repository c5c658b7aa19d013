// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * A copy of this build's application in which the jar of the task {@code nli} holds another plugin:
 * how one that misbehaves is tried out in the real class loader.
 */
final class ReplacedPlugin {

  private static final String NAME = "dev.bertctl.bertctl-nli-";
  private static final String SERVICES = "META-INF/services/dev.bertctl.spi.TaskPlugin";

  private ReplacedPlugin() {}

  /**
   * @param folder an empty folder for the copy, made by {@link BesideTheApp}
   * @param summary a Java expression, evaluated when tasks are listed; {@code fail()} throws,
   *     {@code sleep()} says so and sleeps
   * @param providers what the jar's services file names; the plugin is {@code
   *     dev.bertctl.nli.NliPlugin}
   */
  static PackagedApp in(Path folder, String summary, String... providers) throws IOException {
    Path built = PackagedApp.builtFolder();
    Path app = Files.createDirectories(folder.resolve("app"));
    try (Stream<Path> files = Files.walk(built)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path copy = app.resolve(built.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else if (file.getFileName().toString().startsWith(NAME)) {
          writeJar(copy, compile(folder, summary), providers);
        } else {
          Files.createLink(copy, file);
        }
      }
    }
    return PackagedApp.at(app);
  }

  private static Path compile(Path folder, String summary) throws IOException {
    String source =
        """
        package dev.bertctl.nli;
        public class NliPlugin implements dev.bertctl.spi.TaskPlugin<NliPlugin.Options> {
          public interface Options {}
          public String name() { return "nli"; }
          public String summary() { return %s; }
          public Class<Options> optionsType() { return Options.class; }
          public dev.bertctl.spi.Task<?, ?> create(Options options) {
            throw new UnsupportedOperationException();
          }
          static String fail() {
            throw new IllegalStateException("no summary");
          }
          static String sleep() {
            System.err.println("asleep");
            try {
              Thread.sleep(600_000);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            return "awake";
          }
        }
        """
            .formatted(summary);
    Path file = Files.writeString(folder.resolve("NliPlugin.java"), source);
    String classPath = System.getProperty("java.class.path");
    String[] arguments = {"-proc:none", "-d", folder.toString(), "-cp", classPath, file.toString()};
    if (ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments) != 0) {
      throw new IllegalArgumentException("does not compile: " + source);
    }
    return folder.resolve("dev/bertctl/nli");
  }

  private static void writeJar(Path jar, Path classes, String... providers) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.list(classes)) {
      out.putNextEntry(new JarEntry(SERVICES));
      out.write(String.join("\n", List.of(providers)).getBytes(StandardCharsets.UTF_8));
      for (Path file : (Iterable<Path>) files::iterator) {
        out.putNextEntry(new JarEntry("dev/bertctl/nli/" + file.getFileName()));
        Files.copy(file, out);
      }
    }
  }
}
