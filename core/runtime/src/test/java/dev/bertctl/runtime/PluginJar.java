// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Writes jars with task plugins compiled on the spot, as a plugin's author would ship them. */
public final class PluginJar {

  private static final String SERVICES = "META-INF/services/dev.bertctl.spi.TaskPlugin";

  private final Path jar;
  private final Path sources;
  private final Path classes;
  private final Map<String, String> attributes = new LinkedHashMap<>();
  private final Map<String, byte[]> entries = new LinkedHashMap<>();
  private String classPath = System.getProperty("java.class.path");

  /** A jar of version 1.2, built for version 2.0 of the SPI. */
  public PluginJar(Path jar) throws IOException {
    this.jar = jar;
    Path folder = Files.createTempDirectory("plugin-jar");
    this.sources = Files.createDirectory(folder.resolve("sources"));
    this.classes = Files.createDirectory(folder.resolve("classes"));
    attribute("Implementation-Version", "1.2");
    attribute("Bertctl-SPI-Version", "2.0");
  }

  /** Sets a main attribute of the manifest; an empty one is left out. */
  public PluginJar attribute(String name, String value) {
    attributes.put(name, value);
    return this;
  }

  /** Adds what Maven writes into the jars that it builds. */
  public PluginJar maven(String group, String artifact, String version) {
    return entry(
        "META-INF/maven/%s/%s/pom.properties".formatted(group, artifact),
        "artifactId=%s\ngroupId=%s\nversion=%s\n".formatted(artifact, group, version));
  }

  /** Adds a text. */
  public PluginJar entry(String name, String content) {
    return entry(name, content.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds a file. */
  public PluginJar entry(String name, byte[] content) {
    entries.put(name, content);
    return this;
  }

  /** Compiles against another jar too. */
  public PluginJar against(Path library) {
    classPath = library + System.getProperty("path.separator") + classPath;
    return this;
  }

  /** Adds a plugin in package {@code outside}; the body may override or add members. */
  public PluginJar plugin(String className, String task, String body) throws IOException {
    return source(
        "outside." + className,
        """
        package outside;
        public class %s implements dev.bertctl.spi.TaskPlugin<%s.Options> {
          public interface Options {}
          public String name() { return "%s"; }
          %s
          public Class<Options> optionsType() { return Options.class; }
          public dev.bertctl.spi.Task<?, ?> create(Options options) {
            throw new UnsupportedOperationException();
          }
          %s
        }
        """
            .formatted(
                className,
                className,
                task,
                body.contains("String summary()")
                    ? ""
                    : "public String summary() { return \"Summary of %s\"; }".formatted(task),
                body));
  }

  /** Adds a class. */
  public PluginJar source(String className, String source) throws IOException {
    Path file = sources.resolve(className.replace('.', '/') + ".java");
    Files.createDirectories(file.getParent());
    Files.writeString(file, source);
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
                classes + System.getProperty("path.separator") + classPath,
                file.toString());
    if (failed != 0) {
      throw new IllegalStateException("does not compile: " + source);
    }
    return this;
  }

  /** Leaves out a class that was compiled. */
  public PluginJar without(String className) throws IOException {
    Files.delete(classes.resolve(className.replace('.', '/') + ".class"));
    return this;
  }

  /** Makes a compiled class one for another version of Java; where it is in the jar stays. */
  public PluginJar forJava(String className, int java) throws IOException {
    Path file = classes.resolve(className.replace('.', '/') + ".class");
    byte[] bytes = Files.readAllBytes(file);
    bytes[7] = (byte) (44 + java);
    Files.write(file, bytes);
    return this;
  }

  /** The bytes of a class that was compiled. */
  public byte[] bytes(String className) throws IOException {
    return Files.readAllBytes(classes.resolve(className.replace('.', '/') + ".class"));
  }

  /** Writes the jar with a services file that names these providers. */
  public Path naming(String... providers) throws IOException {
    return entry(SERVICES, String.join("\n", providers)).write();
  }

  /** Writes the jar without a services file. */
  public Path write() throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.forEach(
        (name, value) -> {
          if (!value.isEmpty()) {
            manifest.getMainAttributes().putValue(name, value);
          }
        });
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        out.putNextEntry(new JarEntry(entry.getKey()));
        out.write(entry.getValue());
      }
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
