// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.tasks;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Writes jars with task plugins compiled on the spot, as a plugin's author would ship them. */
final class PluginJar {

  private final Path jar;
  private final Path classes;

  PluginJar(Path jar) throws IOException {
    this.jar = jar;
    this.classes = Files.createTempDirectory(jar.getParent(), "classes");
  }

  /** Adds a plugin in package {@code outside}; the body may override or add members. */
  PluginJar plugin(String className, String task, String body) throws IOException {
    String source =
        """
        package outside;
        public class %s implements dev.bertctl.spi.TaskPlugin<%s.Options> {
          public interface Options {}
          public String name() { return "%s"; }
          public String summary() { return "Summary of %s"; }
          public Class<Options> optionsType() { return Options.class; }
          public dev.bertctl.spi.Task<?, ?> create(Options options) {
            throw new UnsupportedOperationException();
          }
          %s
        }
        """
            .formatted(className, className, task, task, body);
    Path file = Files.writeString(classes.resolve(className + ".java"), source);
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-d",
                classes.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                file.toString());
    if (failed != 0) {
      throw new IllegalStateException("does not compile: " + source);
    }
    return this;
  }

  /** Writes the jar, version 1.2, with a services file that names these providers. */
  Path naming(String... providers) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, "1.2");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest)) {
      out.putNextEntry(new JarEntry(ProviderFiles.RESOURCE));
      out.write(String.join("\n", List.of(providers)).getBytes(StandardCharsets.UTF_8));
      for (Path compiled : compiled()) {
        out.putNextEntry(new JarEntry(classes.relativize(compiled).toString().replace('\\', '/')));
        Files.copy(compiled, out);
      }
    }
    return jar;
  }

  private List<Path> compiled() throws IOException {
    try (Stream<Path> files = Files.walk(classes)) {
      return files.filter(file -> file.toString().endsWith(".class")).toList();
    }
  }
}
