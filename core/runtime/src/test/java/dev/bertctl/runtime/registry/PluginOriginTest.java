// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bertctl.runtime.MavenCoordinates;
import dev.bertctl.runtime.PluginJar;
import dev.bertctl.spi.TaskPlugin;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins from places that are no files. */
class PluginOriginTest {

  private static final String NESTED = "jar:nested:/app.jar/!BOOT-INF/lib/sarcasm-1.2.jar!/";

  @TempDir private Path folder;
  private Path jar;

  @BeforeEach
  void writeJar() throws IOException {
    jar =
        new PluginJar(folder.resolve("a.jar"))
            .maven("org.example", "sarcasm", "1.2")
            .plugin("Sarcasm", "sarcasm", "")
            .naming("outside.Sarcasm");
  }

  @Test
  void aJarWithinAJarIsReadAsItsClassLoaderReadsIt() throws Exception {
    URL nested = new URL(null, NESTED, new Nested(Optional.of(jar)));

    RegisteredTask task = load(nested, null);

    assertEquals(NESTED, task.origin().toString());
    assertEquals("sarcasm-1.2.jar", task.origin().name());
    assertEquals(
        new PluginRelease(
            "sarcasm",
            Optional.of("1.2"),
            Optional.of(MavenCoordinates.parse("org.example:sarcasm:1.2")),
            Optional.of("2.0")),
        task.release());
  }

  @Test
  void ofAJarThatNobodyElseCanReadTheVersionIsKnownThatItsClassLoaderRead() throws Exception {
    URL unreadable = new URL(null, NESTED, new Nested(Optional.empty()));

    assertEquals(
        new PluginRelease(
            "outside.Sarcasm", Optional.of("1.2"), Optional.empty(), Optional.empty()),
        load(unreadable, "1.2").release());
    assertEquals(Optional.empty(), load(unreadable, null).version());
  }

  @Test
  void ofAPluginFromNowhereOnlyItsClassIsKnown() throws Exception {
    RegisteredTask task = load(null, null);

    assertEquals("a place that its class loader does not name", task.origin().toString());
    assertEquals("outside.Sarcasm", task.release().title());
  }

  @Test
  void aFileMayBeNamedAsAJar() throws Exception {
    RegisteredTask task = load(new URL("jar:" + jar.toUri() + "!/"), null);

    assertEquals(jar, task.origin().path());
    assertEquals(Optional.of("1.2"), task.version());
  }

  private RegisteredTask load(URL location, String version) throws Exception {
    try (ZipFile classes = new ZipFile(jar.toFile());
        InputStream content = classes.getInputStream(classes.getEntry("outside/Sarcasm.class"));
        InputStream options =
            classes.getInputStream(classes.getEntry("outside/Sarcasm$Options.class"))) {
      Loader loader = new Loader(location, version);
      loader.define("outside.Sarcasm$Options", options.readAllBytes());
      Class<?> type = loader.define("outside.Sarcasm", content.readAllBytes());
      return RegisteredTask.of((TaskPlugin<?>) type.getConstructor().newInstance());
    }
  }

  /** A class loader of a framework. */
  private static final class Loader extends ClassLoader {

    private final ProtectionDomain domain;

    Loader(URL location, String version) {
      super(PluginOriginTest.class.getClassLoader());
      CodeSource source = location == null ? null : new CodeSource(location, (Certificate[]) null);
      this.domain = new ProtectionDomain(source, null);
      definePackage("outside", null, null, null, null, version, null, null);
    }

    Class<?> define(String name, byte[] content) {
      return defineClass(name, content, 0, content.length, domain);
    }
  }

  /** Connects to a jar as Spring Boot's handler does, or to nothing. */
  private static final class Nested extends URLStreamHandler {

    private final Optional<Path> jar;

    Nested(Optional<Path> jar) {
      this.jar = jar;
    }

    @Override
    protected URLConnection openConnection(URL address) throws IOException {
      if (jar.isEmpty()) {
        throw new IOException("no such jar");
      }
      return new JarURLConnection(new URL("jar:" + jar.get().toUri() + "!/")) {
        @Override
        public JarFile getJarFile() throws IOException {
          return new JarFile(jar.get().toFile());
        }

        @Override
        public void connect() {}
      };
    }
  }
}
