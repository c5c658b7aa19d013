// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.plugins;

import dev.bertctl.core.UserException;
import dev.bertctl.core.config.AppConfig;
import dev.bertctl.core.config.Assignment;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.data.DataFiles;
import dev.bertctl.core.tasks.RegisteredTask;
import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.testkit.BrokenPromise;
import dev.bertctl.spi.testkit.Contract;
import dev.bertctl.spi.testkit.Promise;
import dev.bertctl.spi.testkit.Samples;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Tries a plugin on a few rows of its data, as its own contract test does.
 *
 * @param file a data file of at least three rows with gold labels
 * @param format its format; told from its ending if empty
 * @param assignments values of options, and of {@code data.columns}, as {@code --set} has them
 */
public record PluginTrial(
    Path file, Optional<DataFile.Format> format, List<Assignment> assignments) {

  /** Samples need no model, but a configuration names one. */
  private static final Map<String, String> WITHOUT_MODEL = Map.of("model", "none");

  /**
   * How a promise fared.
   *
   * @param promise the promise
   * @param problem what is wrong and what to change; empty if it is kept
   */
  public record Outcome(Promise promise, Optional<String> problem) {

    /** Whether it is kept. */
    public boolean kept() {
      return problem.isEmpty();
    }
  }

  /**
   * Tries the one task of a plugin.
   *
   * @return an outcome for each promise
   * @throws UserException if the plugin has several tasks
   */
  public List<Outcome> of(InstalledPlugin plugin) {
    if (plugin.tasks().size() != 1) {
      throw new UserException(
          "%s provides several tasks (%s), and samples are those of one; let its contract tests try them"
              .formatted(
                  plugin.path(),
                  plugin.tasks().stream()
                      .map(RegisteredTask::name)
                      .collect(Collectors.joining(", "))));
    }
    return of(plugin.tasks().get(0).plugin());
  }

  private <O> List<Outcome> of(TaskPlugin<O> plugin) {
    TaskConfig<O> config = AppConfig.of(WITHOUT_MODEL, "plugins check", plugin, assignments);
    Contract<O> contract =
        new Contract<>(
            plugin,
            new FileSamples(
                DataFiles.open(
                    file, format, plugin.usualFormat(), config.settings().data().columns()),
                config.optionValues()));
    return Arrays.stream(Promise.values()).map(promise -> outcome(contract, promise)).toList();
  }

  private static Outcome outcome(Contract<?> contract, Promise promise) {
    try {
      contract.check(promise);
      return new Outcome(promise, Optional.empty());
    } catch (BrokenPromise e) {
      return new Outcome(promise, Optional.of(e.getMessage()));
    }
  }

  private record FileSamples(DataFile labelled, Map<String, String> options) implements Samples {}
}
