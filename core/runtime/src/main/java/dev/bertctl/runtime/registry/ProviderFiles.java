// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.registry;

import dev.bertctl.runtime.UserException;
import dev.bertctl.spi.TaskPlugin;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The {@code META-INF/services} files that name task plugins. {@link java.util.ServiceLoader} does
 * not say which of them named a provider that it could not load; this does.
 */
final class ProviderFiles {

  static final String RESOURCE = "META-INF/services/" + TaskPlugin.class.getName();

  private final List<Declaration> declarations;

  /**
   * @param declarations each provider class named, with the file that names it
   */
  private ProviderFiles(List<Declaration> declarations) {
    this.declarations = declarations;
  }

  /**
   * @param provider the binary name of a class, or why the file cannot be read
   * @param file the services file that names it
   */
  record Declaration(String provider, URL file) {}

  static ProviderFiles read(ClassLoader loader) {
    List<Declaration> declarations = new ArrayList<>();
    try {
      for (URL file : (Iterable<URL>) loader.getResources(RESOURCE)::asIterator) {
        declarations.addAll(declarations(file));
      }
    } catch (IOException e) {
      throw new UserException("cannot list task plugins: " + e.getMessage(), e);
    }
    return new ProviderFiles(List.copyOf(declarations));
  }

  private static List<Declaration> declarations(URL file) {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(file.openStream(), StandardCharsets.UTF_8))) {
      return reader
          .lines()
          .map(line -> line.replaceFirst("#.*", "").strip())
          .filter(provider -> !provider.isEmpty())
          .map(provider -> new Declaration(provider, file))
          .toList();
    } catch (IOException e) {
      // ServiceLoader failed on this file too and says so in the same words: found by them.
      return List.of(new Declaration(e.toString(), file));
    }
  }

  /** The jars (or files in folders) that name a provider which this message is about. */
  List<String> namedIn(String message) {
    return declarations.stream()
        .filter(
            declaration ->
                message.contains(declaration.provider())
                    || message.contains(declaration.provider().replace('.', '/')))
        .map(declaration -> place(declaration.file()))
        .distinct()
        .toList();
  }

  /** The jar that holds a file, or the file itself where it lies in a folder. */
  private static String place(URL file) {
    String path = file.getPath();
    int inside = path.lastIndexOf("!/");
    if (inside < 0) {
      return path;
    }
    String jar = path.substring(0, inside);
    return jar.startsWith("file:") ? Path.of(URI.create(jar)).toString() : jar;
  }
}
