// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.models;

import dev.bertctl.core.UserException;
import eu.maveniverse.maven.mima.context.Context;
import eu.maveniverse.maven.mima.context.ContextOverrides;
import eu.maveniverse.maven.mima.context.ContextOverrides.ChecksumPolicy;
import eu.maveniverse.maven.mima.context.Runtimes;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.transfer.AbstractTransferListener;
import org.eclipse.aether.transfer.TransferEvent;

/**
 * Jars of Maven repositories, through Maven's own resolver: settings.xml with its mirrors, proxies,
 * credentials and offline mode holds, and jars that are in the local repository are not fetched.
 */
final class MavenSource {

  private final boolean offline;
  private final Optional<Path> settings;
  private final DownloadListener listener;

  /**
   * @param settings a settings.xml instead of the user's own
   */
  MavenSource(boolean offline, Optional<Path> settings, DownloadListener listener) {
    this.offline = offline;
    this.settings = settings;
    this.listener = listener;
  }

  /**
   * Finds the jar in the local repository or fetches it to there.
   *
   * @throws UserException if it cannot be had
   */
  Path resolve(MavenCoordinates coordinates) {
    ContextOverrides.Builder overrides =
        ContextOverrides.create()
            .withUserSettings(true)
            .checksumPolicy(ChecksumPolicy.FAIL)
            .transferListener(new Transfers(listener));
    settings.ifPresent(overrides::withUserSettingsXmlOverride);
    if (offline) {
      overrides.offline(true);
    }
    try (Context context = Runtimes.INSTANCE.getRuntime().create(overrides.build())) {
      DefaultArtifact jar =
          new DefaultArtifact(
              coordinates.group(), coordinates.artifact(), "jar", coordinates.version());
      return context
          .repositorySystem()
          .resolveArtifact(
              context.repositorySystemSession(),
              new ArtifactRequest(jar, context.remoteRepositories(), ""))
          .getArtifact()
          .getFile()
          .toPath();
    } catch (ArtifactResolutionException e) {
      throw failure(coordinates, e);
    }
  }

  private UserException failure(MavenCoordinates coordinates, ArtifactResolutionException cause) {
    String reason =
        offline
            ? "it is neither in the cache nor in the local Maven repository, and --offline forbids"
                + " fetching it; run `bertctl models export` or any other command with this model"
                + " once without --offline"
            : rootMessage(cause)
                + "; check the coordinates, the network, and mirrors and proxies in"
                + " ~/.m2/settings.xml";
    String artifact = "maven:" + coordinates;
    String name =
        ModelAlias.of(coordinates)
            .map(alias -> alias.name() + " (" + artifact + ")")
            .orElse(artifact);
    return new UserException("model " + name + ": " + reason, cause);
  }

  /** The resolver's own message lists all artifacts first; there is only one. */
  private static String rootMessage(ArtifactResolutionException failure) {
    return Optional.ofNullable(failure.getCause())
        .map(Throwable::getMessage)
        .orElse(failure.getMessage());
  }

  /** Checksum files are fetched too; only the jar is worth showing. */
  private static final class Transfers extends AbstractTransferListener {

    private final DownloadListener listener;

    Transfers(DownloadListener listener) {
      this.listener = listener;
    }

    @Override
    public void transferProgressed(TransferEvent event) {
      String name = event.getResource().getResourceName();
      long total = event.getResource().getContentLength();
      if (name.endsWith(".jar")) {
        listener.progress(
            name.substring(name.lastIndexOf('/') + 1),
            event.getTransferredBytes(),
            total < 0 ? OptionalLong.empty() : OptionalLong.of(total));
      }
    }
  }
}
