// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.application.ExitCode;
import dev.bertctl.application.InstalledTasks;
import dev.bertctl.core.config.AppConfig;
import dev.bertctl.core.config.Assignment;
import dev.bertctl.core.trial.PluginTrial;
import dev.bertctl.core.trial.PluginTrial.Outcome;
import dev.bertctl.core.trial.PluginTrial.Verdict;
import dev.bertctl.core.trial.TrialRun;
import dev.bertctl.download.DownloadListener;
import dev.bertctl.download.MavenRepositories;
import dev.bertctl.download.Proxies;
import dev.bertctl.host.plugins.InstalledPlugin;
import dev.bertctl.host.plugins.PluginInstallation;
import dev.bertctl.runtime.UserException;
import dev.bertctl.spi.data.DataFile;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bertctl plugins check JAR}: what {@code install} would say, with nothing installed. */
@Command(
    name = "check",
    description = {
      "Checks a plugin as it is checked when it is installed; installs nothing.",
      "",
      "This runs the plugin, with your rights, unless its files alone are reason to refuse it.",
      "",
      "With --samples it is also tried on a few rows of its data, as its contract test does."
    },
    footer = {
      "  bertctl plugins check target/bertctl-sentiment-1.0.0.jar",
      "  bertctl plugins check target/bertctl-sentiment-1.0.0.jar --samples reviews.csv",
      "  bertctl plugins check target/plugin-with-libraries/"
    })
final class PluginsCheckCommand implements Callable<Integer> {

  private final InstalledTasks installed;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "JAR", description = "A jar, or a folder of jars.")
  private Path jar;

  @Option(
      names = "--samples",
      paramLabel = "FILE",
      description = "At least three rows with gold labels, not all the same.")
  private Optional<Path> samples = Optional.empty();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "Format of the samples where their ending does not tell: ${COMPLETION-CANDIDATES}.")
  private Optional<DataFile.Format> format = Optional.empty();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "An option of the task that is tried; may be given several times.")
  private List<String> set = List.of();

  @Mixin private JsonOption json;

  @Mixin private PluginsOption plugins;

  @Mixin private CommonOptions common;

  PluginsCheckCommand(InstalledTasks installed) {
    this.installed = installed;
  }

  @Override
  public Integer call() {
    if (!Files.exists(jar)) {
      throw new UserException(jar + ": no such file; name a jar or a folder of jars");
    }
    InstalledPlugin plugin =
        new PluginInstallation(
                installed.folder(),
                installed.builtIn().tasks(),
                new MavenRepositories(
                    true, Optional.empty(), Proxies.of(System.getenv()), DownloadListener.NONE),
                AppConfig::checkOptions)
            .check(jar);
    List<Outcome> outcomes =
        plugin.accepted()
            ? samples.map(file -> outcomes(plugin, file)).orElse(List.of())
            : List.of();
    if (json.wanted()) {
      Json.print(fields(plugin, outcomes), spec.commandLine().getOut());
    } else {
      print(plugin, outcomes);
    }
    return plugin.accepted() && broken(outcomes) == 0 ? ExitCode.DONE : ExitCode.FAILED;
  }

  /** Those of the contract and, for a task that keeps it, that of a run. */
  private List<Outcome> outcomes(InstalledPlugin plugin, Path file) {
    if (!Files.isRegularFile(file)) {
      throw new UserException(file + ": no such file; name a few rows of the task's data");
    }
    List<Assignment> settings = set.stream().map(SettingsOption::assignment).toList();
    List<Outcome> outcomes = new ArrayList<>(new PluginTrial(file, format, settings).of(plugin));
    if (broken(outcomes) == 0) {
      TrialRun run = new TrialRun(plugin.tasks().get(0).plugin(), file, format, settings);
      outcomes.add(Outcome.of(TrialRun.PROMISE, run.problem()));
    }
    return outcomes;
  }

  private static Map<String, Object> fields(InstalledPlugin plugin, List<Outcome> outcomes) {
    Map<String, Object> fields = PluginFields.of(plugin);
    fields.put("notes", plugin.accepted() ? plugin.notes() : List.of());
    fields.put(
        "promises",
        outcomes.stream()
            .map(
                outcome -> {
                  Map<String, Object> promise = new LinkedHashMap<>();
                  promise.put("promise", outcome.promise());
                  promise.put("verdict", verdict(outcome));
                  promise.put("problem", outcome.problem().orElse(null));
                  return promise;
                })
            .toList());
    return fields;
  }

  private void print(InstalledPlugin plugin, List<Outcome> outcomes) {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    out.println("plugin  " + plugin.release().title());
    plugin.release().coordinates().ifPresent(maven -> out.println("maven   " + maven));
    plugin.release().spi().ifPresent(version -> out.println("SPI     " + version));
    plugin.tasks().forEach(task -> out.println("task    " + task.name() + ": " + task.summary()));
    plugin.refusals().forEach(refusal -> err.println(common.problem(refusal)));
    if (plugin.accepted()) {
      plugin.notes().forEach(note -> out.println("note    " + note));
    }
    for (Outcome outcome : outcomes) {
      out.println(
          "%-8s%s%s"
              .formatted(
                  verdict(outcome),
                  outcome.promise(),
                  outcome.problem().map(problem -> ": " + problem).orElse("")));
    }
    long broken = broken(outcomes);
    if (broken > 0) {
      err.println(
          "bertctl: %s breaks %d of %d promises; the lines above say what to change"
              .formatted(jar, broken, outcomes.size()));
    } else if (plugin.accepted()) {
      out.println("passed: it can be installed");
    }
  }

  private static long broken(List<Outcome> outcomes) {
    return outcomes.stream().filter(outcome -> outcome.verdict() == Verdict.BROKEN).count();
  }

  private static String verdict(Outcome outcome) {
    return outcome.verdict().name().toLowerCase(Locale.ROOT);
  }
}
