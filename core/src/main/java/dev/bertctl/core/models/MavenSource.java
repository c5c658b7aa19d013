// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.models;

import dev.bertctl.download.AllowNetwork;
import dev.bertctl.download.AllowNetwork.What;
import dev.bertctl.download.DownloadListener;
import dev.bertctl.download.MavenRepositories;
import dev.bertctl.download.MissingArtifactException;
import dev.bertctl.download.Proxies;
import dev.bertctl.runtime.MavenCoordinates;
import dev.bertctl.runtime.UserException;
import java.nio.file.Path;
import java.util.Optional;

/** Models in jars of Maven repositories. */
final class MavenSource {

  private final MavenRepositories repositories;

  /**
   * @param settings a settings.xml instead of the user's own
   */
  MavenSource(
      boolean offline, Optional<Path> settings, Proxies proxies, DownloadListener listener) {
    this.repositories = new MavenRepositories(offline, settings, proxies, listener);
  }

  /**
   * Finds the jar in the local repository or fetches it to there.
   *
   * @throws UserException if it cannot be had
   */
  Path resolve(MavenCoordinates coordinates) {
    try {
      return repositories.jar(coordinates);
    } catch (MissingArtifactException e) {
      throw failure(coordinates, e);
    }
  }

  private UserException failure(MavenCoordinates coordinates, MissingArtifactException cause) {
    String artifact = "maven:" + coordinates;
    String name =
        ModelAlias.of(coordinates)
            .map(alias -> alias.name() + " (" + artifact + ")")
            .orElse(artifact);
    String problem = "model " + name + ": ";
    return repositories.offline()
        ? new UserException(
            problem
                + "it is neither in the cache nor in the local Maven repository, and fetching it is"
                + " not allowed",
            new AllowNetwork(What.MODEL),
            cause)
        : new UserException(
            problem
                + cause.getMessage()
                + "; check the coordinates, the network, mirrors and proxies in ~/.m2/settings.xml, and"
                + " https_proxy and no_proxy",
            cause);
  }
}
