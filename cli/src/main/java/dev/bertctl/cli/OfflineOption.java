// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.core.models.ModelStore;
import dev.bertctl.download.DownloadListener;
import dev.bertctl.download.MavenRepositories;
import dev.bertctl.download.Proxies;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code --offline}: what commands have that may fetch something. */
@Command
final class OfflineOption {

  @Option(names = "--offline", description = "Open no socket; use what is in the caches.")
  private boolean offline;

  /** The user's models. */
  ModelStore models(DownloadListener listener) {
    return ModelStore.ofUser(offline, listener);
  }

  /** The user's Maven repositories. */
  MavenRepositories repositories(DownloadListener listener) {
    return new MavenRepositories(offline, Optional.empty(), Proxies.of(System.getenv()), listener);
  }
}
