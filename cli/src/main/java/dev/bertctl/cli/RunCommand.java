// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.runs.FineTuning;
import dev.bertctl.core.runs.Interruption;
import dev.bertctl.core.runs.RunJob;
import dev.bertctl.core.runs.RunMode;
import dev.bertctl.core.runs.RunResult;
import dev.bertctl.core.runs.SeedRuns;
import dev.bertctl.core.runs.SeedsResult;
import dev.bertctl.runtime.registry.TaskRegistry;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bertctl run TASK}: fine-tune, evaluate, save. */
@Command(
    name = "run",
    description = {
      "Fine-tunes a pretrained model on a task, evaluates it after each epoch or as often as you"
          + " like, and saves the best model.",
      "",
      "Ctrl-C ends it after the step under way with a checkpoint, from which --resume goes on to"
          + " the same weights; once more ends it at once.",
      "",
      "What an earlier run left there stays, unless --overwrite says that it may go; results go when"
          + " this run has some.",
      "",
      "Leaves in OUTPUT/TASK: model/ (for bertctl and Hugging Face transformers), metrics.json,"
          + " predictions.jsonl, history.jsonl, resolved.yaml, report.html and report.json. With --seeds the same for each seed in"
          + " OUTPUT/TASK-seeds/seed-SEED, and beside them seeds.json."
    },
    footer = {
      "  bertctl run text-classification --data reviews.csv",
      "  bertctl run nli --config app.yaml",
      "  bertctl run nli --config app.yaml --set train.epochs=1 --set train.seed=7",
      "  bertctl run nli --config app.yaml --resume",
      "  bertctl run nli --config app.yaml --seeds 5",
      "  bertctl run nli --config app.yaml --on spark --processes 8 --master spark://host:7077"
    })
final class RunCommand implements Runnable {

  private final TaskRegistry registry;

  @Spec private CommandSpec spec;

  @Mixin private StartedTask task;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "Folder for results, instead of the configured one.")
  private Optional<Path> output = Optional.empty();

  @Option(
      names = "--seeds",
      paramLabel = "N|SEED,SEED,...",
      converter = Seeds.Converter.class,
      description =
          "Run with N seeds, counted up from train.seed, or with those listed; the data are read"
              + " once.")
  private Optional<Seeds> seeds = Optional.empty();

  @Mixin private TrainingPlace place;

  @ArgGroup private EarlierRun earlier = new EarlierRun();

  @Mixin private OfflineOption offline;

  @Mixin private JsonOption json;

  @Mixin private PluginsOption plugins;

  @Mixin private CommonOptions common;

  RunCommand(TaskRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void run() {
    try (JobListener listener = common.listener()) {
      TaskConfig<?> config =
          task.load(
              registry,
              output.stream()
                  .map(dir -> SettingsOption.assignment("output", "--output", dir))
                  .toList(),
              offline.models(listener),
              earlier.mode() == RunMode.OVERWRITE,
              listener);
      Interruption interruption = new Interruption();
      if (seeds.isPresent()) {
        runSeeds(config, listener, interruption);
      } else {
        runOnce(config, listener, interruption);
      }
    }
  }

  private void runOnce(TaskConfig<?> config, JobListener listener, Interruption interruption) {
    FineTuning tuning =
        new FineTuning(
            config,
            new RunJob(
                offline.models(listener),
                earlier.mode(),
                listener,
                interruption,
                place.starter(config)));
    RunResult result = InterruptibleRun.of(tuning, interruption, listener);
    PrintWriter out = spec.commandLine().getOut();
    if (json.wanted()) {
      Json.print(result.fields(), out);
    } else {
      ResultView.print(result, tuning.folder(), out);
    }
  }

  private void runSeeds(TaskConfig<?> config, JobListener listener, Interruption interruption) {
    place.requireHere("--seeds");
    SeedRuns runs =
        new SeedRuns(
            config,
            seeds.orElseThrow().from(config.settings().train().seed()),
            offline.models(listener),
            earlier.mode(),
            listener,
            interruption);
    SeedsResult result = InterruptibleRun.of(runs, interruption, listener);
    PrintWriter out = spec.commandLine().getOut();
    if (json.wanted()) {
      Json.print(result.fields(), out);
    } else {
      SeedsView.print(result, runs.folder(), out);
    }
  }
}
