// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.models;

import dev.bertctl.runtime.MavenCoordinates;
import dev.bertctl.runtime.UserException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** Where a model comes from, as the user wrote it. */
sealed interface ModelReference {

  /**
   * A folder on this machine.
   *
   * @param path the folder
   */
  record Folder(Path path) implements ModelReference {}

  /**
   * A zip on this machine, as models of "Dive into Deep Learning" are published.
   *
   * @param path the file
   */
  record Zip(Path path) implements ModelReference {}

  /**
   * A jar in a Maven repository, an alias included.
   *
   * @param coordinates of the jar
   */
  record Artifact(MavenCoordinates coordinates) implements ModelReference {}

  /**
   * A model on the Hugging Face hub.
   *
   * @param name of the model
   */
  record Hub(HubName name) implements ModelReference {}

  /**
   * Reads alias, {@code maven:group:artifact:version}, {@code hf:organisation/name[@revision]} a
   * directory or a zip. A directory goes before an alias of the same name, as it does in a
   * configuration.
   *
   * @param base what relative directories are relative to
   * @throws UserException if it is none of them
   */
  static ModelReference parse(String reference, Path base) {
    if (reference.startsWith("maven:")) {
      return new Artifact(MavenCoordinates.parse(reference.substring("maven:".length())));
    }
    if (reference.startsWith("hf:")) {
      return new Hub(HubName.parse(reference.substring("hf:".length())));
    }
    return ModelAlias.named(reference)
        .filter(alias -> !Files.isDirectory(base.resolve(reference)))
        .<ModelReference>map(alias -> new Artifact(alias.coordinates()))
        .orElseGet(() -> folder(reference, base));
  }

  private static ModelReference folder(String reference, Path base) {
    Path path = base.resolve(reference).toAbsolutePath().normalize();
    if (reference.endsWith(".zip") && Files.isRegularFile(path)) {
      return new Zip(path);
    }
    if (reference.isBlank() || !Files.isDirectory(path)) {
      String aliases =
          ModelAlias.all().stream().map(ModelAlias::name).collect(Collectors.joining(", "));
      throw new UserException(
          "model '"
              + reference
              + "': no alias and no directory ("
              + path
              + "); name one of "
              + aliases
              + ", a directory, a zip, maven:group:artifact:version or hf:organisation/name");
    }
    return new Folder(path);
  }
}
