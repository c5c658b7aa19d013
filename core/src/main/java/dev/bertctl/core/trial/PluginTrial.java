// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.trial;

import dev.bertctl.core.config.AppConfig;
import dev.bertctl.core.config.Assignment;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.data.DataFiles;
import dev.bertctl.core.data.FileSettings;
import dev.bertctl.host.plugins.InstalledPlugin;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.registry.RegisteredTask;
import dev.bertctl.spi.TaskPlugin;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.testkit.BrokenPromise;
import dev.bertctl.spi.testkit.Contract;
import dev.bertctl.spi.testkit.Promise;
import dev.bertctl.spi.testkit.Samples;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Tries a plugin on a few rows of its data, as its own contract test does. */
public final class PluginTrial {

  /** Samples need no model, but a configuration names one. */
  private static final Map<String, String> WITHOUT_MODEL = Map.of("model", "none");

  /** What depends on the form of the head's logits. */
  private static final Set<Promise> OF_LOGITS =
      EnumSet.of(
          Promise.PERFECT_LOGITS_SCORE_THE_BEST_VALUE,
          Promise.WRONG_LOGITS_SCORE_LESS,
          Promise.PREDICTIONS_READ_BACK_SCORE_THE_SAME,
          Promise.LABELS_MAY_BE_MISSING_FOR_PREDICTION,
          Promise.TUNED_OPTIONS_BIND_AND_DO_NO_HARM);

  private static final String OWN_HEAD =
      "; unless logits of the plugin's own head have another form than a stock head's: then only"
          + " its contract test can tell";

  private final Path file;
  private final Optional<DataFile.Format> format;
  private final List<Assignment> assignments;

  /**
   * @param file a data file of at least three rows with gold labels
   * @param format its format; told from its ending if empty
   * @param assignments values of options, and of {@code data.columns}
   */
  public PluginTrial(Path file, Optional<DataFile.Format> format, List<Assignment> assignments) {
    this.file = file;
    this.format = format;
    this.assignments = assignments;
  }

  /** How a promise fared. */
  public enum Verdict {
    /** It is kept. */
    OK,
    /** It is broken. */
    BROKEN,
    /** It is broken if the head's logits have the form of a stock head's, which is not known. */
    UNSURE
  }

  /**
   * How a promise fared.
   *
   * @param promise the promise, in words
   * @param verdict how it fared
   * @param problem what is wrong and what to change; empty if it is kept
   */
  public record Outcome(String promise, Verdict verdict, Optional<String> problem) {

    /** Kept unless there is a problem. */
    public static Outcome of(String promise, Optional<String> problem) {
      return new Outcome(promise, problem.isEmpty() ? Verdict.OK : Verdict.BROKEN, problem);
    }

    static Outcome ok(Promise promise) {
      return of(promise.toString(), Optional.empty());
    }

    static Outcome broken(Promise promise, String problem) {
      return of(promise.toString(), Optional.of(problem));
    }

    static Outcome unsure(Promise promise, String problem) {
      return new Outcome(promise.toString(), Verdict.UNSURE, Optional.of(problem + OWN_HEAD));
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
    TaskConfig<O> config = AppConfig.of(WITHOUT_MODEL, "the trial", plugin, assignments);
    Contract<O> contract =
        new Contract<>(
            plugin,
            new FileSamples(
                DataFiles.open(
                    List.of(file),
                    format,
                    plugin.usualFormat(),
                    FileSettings.of(config.settings())),
                config.optionValues()));
    return Arrays.stream(Promise.values()).map(promise -> outcome(contract, promise)).toList();
  }

  private static Outcome outcome(Contract<?> contract, Promise promise) {
    try {
      contract.check(promise);
      return Outcome.ok(promise);
    } catch (BrokenPromise e) {
      return OF_LOGITS.contains(promise) && hasOwnHead(contract)
          ? Outcome.unsure(promise, e.getMessage())
          : Outcome.broken(promise, e.getMessage());
    }
  }

  private static boolean hasOwnHead(Contract<?> contract) {
    try {
      return !contract.hasStockHead();
    } catch (BrokenPromise e) {
      // No task can be made, which is what is broken.
      return false;
    }
  }

  private record FileSamples(DataFile labelled, Map<String, String> options) implements Samples {}
}
