// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.registry;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Reads a jar without loading anything of it. What it reads into memory is limited, whatever sizes
 * the jar states.
 */
public final class JarReader implements AutoCloseable {

  /** Far more than any manifest or services file has; more would only fill the heap. */
  private static final int LARGEST_TEXT = 1 << 20;

  private final ZipFile zip;
  private final List<String> names;
  private final Attributes manifest;

  private JarReader(ZipFile zip) throws IOException {
    this.zip = zip;
    this.names = zip.stream().map(ZipEntry::getName).toList();
    this.manifest =
        new Manifest(new ByteArrayInputStream(content("META-INF/MANIFEST.MF").orElse(new byte[0])))
            .getMainAttributes();
  }

  /**
   * Opens a jar.
   *
   * @throws IOException if it is none, or its manifest cannot be read
   */
  public static JarReader open(Path jar) throws IOException {
    return of(new ZipFile(jar.toFile()));
  }

  /**
   * Opens the jar that a class was loaded from.
   *
   * @return empty if it is no file, and its class loader lets nobody else read it
   * @throws IOException if it is a file and no jar, or its manifest cannot be read
   */
  static Optional<JarReader> open(PluginOrigin origin) throws IOException {
    if (origin.file().isPresent()) {
      return Optional.of(open(origin.path()));
    }
    if (origin.location().isEmpty()) {
      return Optional.empty();
    }
    try {
      URLConnection connection = origin.location().get().openConnection();
      // What is cached is the class loader's, and would be closed with this.
      connection.setUseCaches(false);
      return connection instanceof JarURLConnection jar
          ? Optional.of(of(jar.getJarFile()))
          : Optional.empty();
    } catch (IOException notForOthers) {
      return Optional.empty();
    }
  }

  private static JarReader of(ZipFile zip) throws IOException {
    try {
      return new JarReader(zip);
    } catch (IOException | RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  /** The value of one of the manifest's main attributes. */
  public Optional<String> attribute(String name) {
    return Optional.ofNullable(manifest.getValue(name)).map(String::strip);
  }

  /** The names of all entries, folders included. */
  public List<String> names() {
    return names;
  }

  /** The lines of a text in UTF-8; empty if there is no such entry. */
  public Optional<List<String>> lines(String name) throws IOException {
    return content(name).map(bytes -> new String(bytes, StandardCharsets.UTF_8).lines().toList());
  }

  /** The first bytes of an entry; fewer if it has fewer. */
  public byte[] head(String name, int most) throws IOException {
    try (InputStream in = zip.getInputStream(zip.getEntry(name))) {
      return in.readNBytes(most);
    }
  }

  /** An entry's content; empty if there is no such entry. */
  Optional<byte[]> content(String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      return Optional.empty();
    }
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] bytes = in.readNBytes(LARGEST_TEXT + 1);
      if (bytes.length > LARGEST_TEXT) {
        throw new ZipException("its " + name + " is larger than 1 MiB");
      }
      return Optional.of(bytes);
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
