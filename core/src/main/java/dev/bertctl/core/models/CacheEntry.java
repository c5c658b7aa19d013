// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.models;

import dev.bertctl.runtime.MavenCoordinates;
import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.files.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.stream.Stream;

/** Where models are within the cache. */
final class CacheEntry {

  private CacheEntry() {}

  static String of(MavenCoordinates coordinates) {
    return "maven/"
        + String.join("/", coordinates.group(), coordinates.artifact(), coordinates.version());
  }

  static String of(HubName name) {
    return "hf/" + name.repository() + "/" + name.revision().replace("/", "%2F");
  }

  /** A changed file makes another entry. */
  static String local(Path folder) {
    StringBuilder state = new StringBuilder(folder.toString());
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        state.append('\n').append(folder.relativize(file));
        state.append('\t').append(Files.size(file));
        state.append('\t').append(Files.getLastModifiedTime(file).toMillis());
      }
      byte[] digest = Sha256.digest().digest(state.toString().getBytes(StandardCharsets.UTF_8));
      return "local/" + folder.getFileName() + "-" + HexFormat.of().formatHex(digest, 0, 6);
    } catch (IOException e) {
      throw FileException.reading(folder, e);
    }
  }

  /** The reference that an entry is opened by; local ones are shown as they are. */
  static String reference(String entry) {
    String[] parts = entry.split("/");
    if (parts[0].equals("maven")) {
      MavenCoordinates coordinates = new MavenCoordinates(parts[1], parts[2], parts[3]);
      return ModelAlias.of(coordinates).map(ModelAlias::name).orElse("maven:" + coordinates);
    }
    if (parts[0].equals("hf")) {
      return "hf:" + parts[1] + "/" + parts[2] + "@" + parts[3].replace("%2F", "/");
    }
    return entry;
  }
}
