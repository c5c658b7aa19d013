// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.cache;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.files.Sha256;
import dev.bertctl.runtime.json.JsonFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What the files of a folder were when it was complete: a hidden file in it, {@code .files.json},
 * has length, time and SHA-256 of each. A file of the same length and time is taken for unchanged;
 * any other is read, and so are all of them where that is asked for. Damage is noticed so, by disks
 * as by cut-off copies; against people who can write there it is no help (see {@link
 * dev.bertctl.runtime.files.TrustedFolder}).
 */
public final class KnownFiles {

  private static final String FILE = ".files.json";
  private static final String BYTES = "bytes";
  private static final String MODIFIED = "modified";
  private static final String SHA256 = "sha256";

  private final Path folder;

  /**
   * @param folder the files' folder
   */
  public KnownFiles(Path folder) {
    this.folder = folder;
  }

  /** Whether it is known what the files were. */
  public boolean areKnown() {
    return Files.isRegularFile(folder.resolve(FILE), LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Takes note of the files as they are.
   *
   * @throws FileException if the file system refuses
   */
  public void write() {
    Map<String, Object> files = new TreeMap<>();
    for (Path file : files()) {
      files.put(name(file), state(file));
    }
    JsonFile.write(folder.resolve(FILE), files);
  }

  /**
   * What is no longer as it was noted.
   *
   * @param readAll whether to read files of the same length and time, too
   * @return the first such file; empty if there is none
   * @throws FileException if the file system refuses to read
   */
  public Optional<Path> changed(boolean readAll) {
    ObjectNode known;
    try {
      known = JsonFile.read(folder.resolve(FILE));
    } catch (FileException e) {
      throw e;
    } catch (UserException e) {
      // Not what was written.
      return Optional.of(folder.resolve(FILE));
    }
    for (Map.Entry<String, JsonNode> file : known.properties()) {
      Path path = folder.resolve(file.getKey());
      if (!isSame(path, file.getValue(), readAll)) {
        return Optional.of(path);
      }
    }
    return files().stream().filter(file -> !known.has(name(file))).findFirst();
  }

  private static boolean isSame(Path file, JsonNode known, boolean readAll) {
    try {
      BasicFileAttributes now =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (!now.isRegularFile() || now.size() != known.path(BYTES).asLong(-1)) {
        return false;
      }
      return !readAll && seconds(now) == known.path(MODIFIED).asLong()
          || Sha256.of(file).equals(known.path(SHA256).asText());
    } catch (NoSuchFileException gone) {
      return false;
    } catch (IOException e) {
      throw FileException.reading(file, e);
    }
  }

  private static Map<String, Object> state(Path file) {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      Map<String, Object> state = new LinkedHashMap<>();
      state.put(BYTES, now.size());
      state.put(MODIFIED, seconds(now));
      state.put(SHA256, Sha256.of(file));
      return state;
    } catch (IOException e) {
      throw FileException.reading(file, e);
    }
  }

  /** Archives, such as the layers of container images, keep no more. */
  private static long seconds(BasicFileAttributes file) {
    return file.lastModifiedTime().to(TimeUnit.SECONDS);
  }

  private List<Path> files() {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw FileException.reading(folder, e);
    } catch (UncheckedIOException e) {
      throw FileException.reading(folder, e.getCause());
    }
  }

  private String name(Path file) {
    return folder.relativize(file).toString().replace('\\', '/');
  }
}
