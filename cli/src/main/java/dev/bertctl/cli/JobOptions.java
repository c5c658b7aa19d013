// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.core.config.Assignment;
import dev.bertctl.core.download.DownloadListener;
import dev.bertctl.core.models.ModelStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What commands that do a job have: {@code --set}, {@code --offline}, {@code --json}, {@code
 * --plugins}.
 */
final class JobOptions {

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Override a setting, such as train.epochs=1; may be given several times.")
  private List<String> set = List.of();

  @Option(names = "--offline", description = "Open no socket; use what is in the caches.")
  private boolean offline;

  @Option(names = "--json", description = "Print the result as JSON on standard output.")
  private boolean json;

  @Mixin private PluginsOption plugins;

  /** Whether the result is wanted as JSON. */
  boolean json() {
    return json;
  }

  /** The user's models. */
  ModelStore store(DownloadListener listener) {
    return ModelStore.ofUser(offline, listener);
  }

  /** The overrides, those of other options first: {@code --set} has the last word. */
  List<Assignment> assignments(List<Assignment> others) {
    List<Assignment> all = new ArrayList<>(others);
    set.stream().map(Assignment::parse).forEach(all::add);
    return all;
  }

  /** A setting given by an option of its own. */
  static Assignment assignment(String key, String option, Path value) {
    return new Assignment(key, value.toAbsolutePath().toString(), option + " " + value);
  }
}
