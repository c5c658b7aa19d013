// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.download;

import dev.bertctl.runtime.MavenCoordinates;
import eu.maveniverse.maven.mima.context.Context;
import eu.maveniverse.maven.mima.context.ContextOverrides;
import eu.maveniverse.maven.mima.context.ContextOverrides.ChecksumPolicy;
import eu.maveniverse.maven.mima.context.Runtimes;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.RepositoryException;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.collection.DependencyCollectionException;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.graph.Exclusion;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactDescriptorException;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.eclipse.aether.transfer.AbstractTransferListener;
import org.eclipse.aether.transfer.TransferEvent;
import org.eclipse.aether.util.artifact.JavaScopes;
import org.eclipse.aether.util.filter.DependencyFilterUtils;

/**
 * Jars of Maven repositories, through Maven's own resolver: settings.xml with its mirrors, proxies,
 * credentials and offline mode holds, and jars that are in the local repository are not fetched.
 * Where it names no proxy, one that the environment names holds.
 */
public final class MavenRepositories {

  private final boolean offline;
  private final Optional<Path> settings;
  private final Proxies proxies;
  private final DownloadListener listener;

  /**
   * @param offline whether to open no socket
   * @param settings a settings.xml instead of the user's own
   * @param proxies those of the environment
   * @param listener receives the progress of downloads
   */
  public MavenRepositories(
      boolean offline, Optional<Path> settings, Proxies proxies, DownloadListener listener) {
    this.offline = offline;
    this.settings = settings;
    this.proxies = proxies;
    this.listener = listener;
  }

  /** Whether to open no socket. */
  public boolean offline() {
    return offline;
  }

  /** The proxies of the environment. */
  public Proxies proxies() {
    return proxies;
  }

  /** Receives the progress of downloads. */
  public DownloadListener listener() {
    return listener;
  }

  /**
   * Finds a jar in the local repository or fetches it to there.
   *
   * @throws MissingArtifactException if it cannot be had
   */
  public Path jar(MavenCoordinates coordinates) throws MissingArtifactException {
    try (Context context = context()) {
      MavenProxies through = proxies(context);
      return path(
          context
              .repositorySystem()
              .resolveArtifact(
                  session(context, through),
                  new ArtifactRequest(artifact(coordinates), repositories(context, through), "")));
    } catch (ArtifactResolutionException e) {
      throw missing(e);
    }
  }

  /**
   * Finds a jar and what it needs at run time.
   *
   * @param given artifacts that are there already, {@code group:artifact} each, {@code *} for all
   *     of a group: neither they nor what only they need is among the result
   * @return the jar itself first
   * @throws MissingArtifactException if one of them cannot be had
   */
  public List<Path> jarWithDependencies(MavenCoordinates coordinates, List<String> given)
      throws MissingArtifactException {
    Dependency root =
        new Dependency(
            artifact(coordinates),
            JavaScopes.RUNTIME,
            false,
            given.stream().map(MavenRepositories::exclusion).toList());
    try (Context context = context()) {
      MavenProxies through = proxies(context);
      return context
          .repositorySystem()
          .resolveDependencies(
              session(context, through),
              new DependencyRequest(
                  new CollectRequest(root, repositories(context, through)),
                  DependencyFilterUtils.classpathFilter(JavaScopes.RUNTIME)))
          .getArtifactResults()
          .stream()
          .map(MavenRepositories::path)
          .toList();
    } catch (DependencyResolutionException e) {
      throw missing(e);
    }
  }

  private Context context() {
    ContextOverrides.Builder overrides =
        ContextOverrides.create()
            .withUserSettings(true)
            .checksumPolicy(ChecksumPolicy.FAIL)
            .transferListener(new Transfers(listener));
    settings.ifPresent(overrides::withUserSettingsXmlOverride);
    if (offline) {
      overrides.offline(true);
    }
    return Runtimes.INSTANCE.getRuntime().create(overrides.build());
  }

  private MavenProxies proxies(Context context) {
    return new MavenProxies(context.repositorySystemSession().getProxySelector(), proxies);
  }

  private static RepositorySystemSession session(Context context, MavenProxies proxies) {
    return new DefaultRepositorySystemSession(context.repositorySystemSession())
        .setProxySelector(proxies);
  }

  private static List<RemoteRepository> repositories(Context context, MavenProxies proxies) {
    return context.remoteRepositories().stream().map(proxies::through).toList();
  }

  private static Artifact artifact(MavenCoordinates coordinates) {
    return new DefaultArtifact(
        coordinates.group(), coordinates.artifact(), "jar", coordinates.version());
  }

  private static Exclusion exclusion(String given) {
    String[] parts = given.split(":");
    return new Exclusion(parts[0], parts[1], "*", "*");
  }

  private static Path path(ArtifactResult result) {
    return result.getArtifact().getFile().toPath();
  }

  /** The outer messages list all artifacts first; the reason is that of the one that failed. */
  private static MissingArtifactException missing(RepositoryException failure) {
    Throwable reason = failure;
    while (reason.getCause() != null
        && (reason instanceof DependencyResolutionException
            || reason instanceof DependencyCollectionException
            || reason instanceof ArtifactDescriptorException
            || reason instanceof ArtifactResolutionException)) {
      reason = reason.getCause();
    }
    return new MissingArtifactException(
        WebAddress.withoutSecrets(String.valueOf(reason.getMessage())), failure);
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
