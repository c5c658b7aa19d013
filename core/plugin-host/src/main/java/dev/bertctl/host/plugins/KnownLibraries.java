// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.host.plugins;

import dev.bertctl.runtime.files.Sha256;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Properties;

/**
 * The libraries in plugins' folders that have passed their checks, so that bertctl does not look at
 * thousands of classes each time it starts. A file in the plugins folder keeps the SHA-256 of each,
 * and the Java that it needs: one that has changed is checked again. The file is only a shortcut:
 * where it cannot be read or written, all are checked.
 */
final class KnownLibraries {

  private static final String FILE = ".checked.properties";

  /** A bertctl with other rules has no use for the file. */
  private static final String RULES = "rules";

  private final Properties before = new Properties();
  private final Properties now = new Properties();

  private KnownLibraries() {
    now.setProperty(RULES, HostClasses.RULES);
  }

  /** No library at all. */
  static KnownLibraries none() {
    return new KnownLibraries();
  }

  /** Those of a plugins folder. */
  static KnownLibraries in(Path folder) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(folder.resolve(FILE))) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException unreadable) {
      return none();
    }
    KnownLibraries known = none();
    if (HostClasses.RULES.equals(properties.getProperty(RULES))) {
      known.before.putAll(properties);
    }
    return known;
  }

  /** Whether a jar is still as it was when it passed, and fit for this Java. */
  boolean contain(Path jar) {
    String entry = before.getProperty(jar.toString(), "");
    Optional<String> state = state(jar);
    boolean known =
        state.isPresent()
            && entry.startsWith(state.get())
            && entry.substring(state.get().length()).matches("\\d{1,4}")
            && Integer.parseInt(entry.substring(state.get().length()))
                <= Runtime.version().feature();
    if (known) {
      now.setProperty(jar.toString(), entry);
    }
    return known;
  }

  /**
   * Takes note of a library that has passed.
   *
   * @param java the Java that it needs
   */
  void add(Path jar, int java) {
    state(jar).ifPresent(state -> now.setProperty(jar.toString(), state + java));
  }

  /** Keeps for the next time what is known by now. */
  void save(Path folder) {
    if (now.size() == 1 || now.equals(before)) {
      return;
    }
    try {
      Path partial = Files.createTempFile(folder, FILE, ".partial");
      try (Writer writer = Files.newBufferedWriter(partial)) {
        now.store(writer, "Libraries that have passed their checks; may be deleted");
      }
      Files.move(partial, folder.resolve(FILE), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException notWritable) {
      // A folder of someone else's, perhaps: without the file everything is only slower.
    }
  }

  /** SHA-256, and a space: size and time may be made to be what they were. */
  private static Optional<String> state(Path jar) {
    try {
      return Optional.of(Sha256.of(jar) + " ");
    } catch (IOException e) {
      // Reading the jar will fail as well, and say so.
      return Optional.empty();
    }
  }
}
