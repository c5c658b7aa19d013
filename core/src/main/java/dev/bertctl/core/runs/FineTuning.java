// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.core.config.RunSettings;
import dev.bertctl.core.config.SplitName;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.data.Splits;
import dev.bertctl.core.models.ModelStore;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.graph.BertModel;
import dev.bertctl.runtime.graph.ModelWeights;
import dev.bertctl.runtime.huggingface.PretrainedModel;
import dev.bertctl.runtime.packing.FeatureDraws;
import dev.bertctl.runtime.tensorflow.ComputeDevice;
import dev.bertctl.runtime.training.Trainer;
import dev.bertctl.runtime.training.TrainingSettings;
import dev.bertctl.runtime.weights.WeightAccount;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.decode.Prediction;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * The main job: trains a model on a task, evaluates it after each epoch, and saves the best epoch.
 */
public final class FineTuning {

  private final TaskConfig<?> config;
  private final ModelStore store;
  private final RunMode mode;
  private final RunListener listener;

  /**
   * @param config the run's configuration
   * @param store where models come from
   * @param mode what to do where another run has been
   * @param listener is told what happens
   */
  public FineTuning(TaskConfig<?> config, ModelStore store, RunMode mode, RunListener listener) {
    this.config = config;
    this.store = store;
    this.mode = mode;
    this.listener = listener;
  }

  /** Whether there is an unfinished run that {@link RunMode#RESUME} would go on with. */
  public boolean canResume() {
    return checkpoint(new RunFolder(folder())).exists();
  }

  private static Checkpoint checkpoint(RunFolder folder) {
    return new Checkpoint(new UnfinishedRun(folder.unfinished()));
  }

  /** Where the results are. */
  public Path folder() {
    return config.settings().output().resolve(config.plugin().name());
  }

  /**
   * Runs.
   *
   * @throws UserException if anything keeps it from being done
   */
  public RunResult run() {
    listener.begun(config.plugin());
    TaskConfig<?> complete = FoundOptions.complete(config);
    return run(complete, complete.createTask());
  }

  private <X extends Example, P extends Prediction> RunResult run(
      TaskConfig<?> complete, Task<X, P> task) {
    if (task.scoring().isEmpty()) {
      throw new UserException(
          "task '%s' is not trained; it is applied to a model as it is, by prediction"
              .formatted(config.plugin().name()));
    }
    ComputeDevice device = ComputeDevice.of(config.settings().device());
    RunFolder folder = new RunFolder(folder());
    return folder.alone(
        () -> {
          try {
            return earlier(complete, folder).orElseGet(() -> run(complete, task, folder, device));
          } finally {
            if (!checkpoint(folder).exists()) {
              folder.forget();
            }
          }
        });
  }

  /**
   * Makes sure that no earlier run is lost that is not to be.
   *
   * @return what a finished run has found, where it is to go on
   */
  private Optional<RunResult> earlier(TaskConfig<?> complete, RunFolder folder) {
    boolean unfinished = checkpoint(folder).exists();
    if (mode == RunMode.NEW && unfinished) {
      throw new UserException(
          folder.root() + ": an unfinished run is here", new KeepOrReplace(false));
    }
    if (mode == RunMode.NEW && folder.hasResults()) {
      throw new UserException(
          folder.root() + ": the results of a finished run are here", new KeepOrReplace(true));
    }
    if (mode != RunMode.RESUME || unfinished) {
      return Optional.empty();
    }
    RunInputs inputs = RunInputs.of(complete);
    if (folder.hasResults() && !folder.isBegun(inputs)) {
      RunResult result = folder.finished(inputs);
      listener.notice("the run in " + folder.root() + " is finished; nothing is left to do");
      return Optional.of(result);
    }
    listener.notice("no unfinished run in " + folder.root() + ": starting from the beginning");
    return Optional.empty();
  }

  private <X extends Example, P extends Prediction> RunResult run(
      TaskConfig<?> complete, Task<X, P> task, RunFolder folder, ComputeDevice device) {
    if (!BaseModel.isNew(complete)) {
      readThrough(complete, task);
    }
    if (folder.hasResults()) {
      folder.begin(RunInputs.of(complete));
    }
    try (BaseModel base = BaseModel.open(complete, task, store, folder.workplace())) {
      requireSameLabels(task, base.files());
      return run(complete, task, base.files(), folder, device);
    }
  }

  /** What is wrong with the data is told before a model is fetched for them. */
  private static <X extends Example> void readThrough(TaskConfig<?> config, Task<X, ?> task) {
    Splits splits = new Splits(config);
    for (SplitName name : SplitName.values()) {
      if (name == SplitName.TRAIN || name.file(config.settings().data()).isPresent()) {
        splits
            .split(
                name,
                task.reader(),
                name == SplitName.TRAIN ? Purpose.TRAINING : Purpose.EVALUATION)
            .readThrough();
      }
    }
    splits.requireSettingsUsed(Set.of());
  }

  private static void requireSameLabels(Task<?, ?> task, PretrainedModel pretrained) {
    if (FineTunedModel.isIn(pretrained.directory())) {
      FineTunedModel.open(pretrained.directory())
          .requireSameLabels(task.head(), pretrained.reference());
    }
  }

  private <X extends Example, P extends Prediction> RunResult run(
      TaskConfig<?> complete,
      Task<X, P> task,
      PretrainedModel pretrained,
      RunFolder folder,
      ComputeDevice device) {
    try (TaskSetup<X, P> setup = new TaskSetup<>(complete, task, pretrained);
        TrainingData<X> data = TrainingData.read(setup, folder.workplace());
        BertModel model = setup.model(BertModel.Mode.TRAINING, device)) {
      WeightAccount weights = ModelWeights.load(model, task.head(), pretrained, setup.seed());
      model.values().clearMoments();
      TrainingSettings settings = settings(complete.settings().train());
      Trainer trainer =
          new Trainer(
              model,
              data.training(),
              new FeatureDraws(task.packing(), setup.packer(), data.training(), setup.seed()),
              settings,
              setup.packer().padId());
      listener.opened(
          Opening.of(
              complete.plugin(),
              device,
              pretrained.reference(),
              model,
              weights,
              Optional.of(new Opening.Training(settings, trainer.totalSteps()))));
      data.summaries().forEach(listener::read);
      if (task.tuner().isPresent() && data.validation().isEmpty()) {
        listener.notice("not tuned: options that are tuned need validation data, and stay as set");
      }
      return new TrainingRun<>(setup, data, model, folder, listener)
          .run(trainer, mode == RunMode.RESUME);
    }
  }

  private static TrainingSettings settings(RunSettings.Train train) {
    return new TrainingSettings(
        train.epochs(),
        train.batchSize(),
        train.groupByLength(),
        train.redraw(),
        train.schedule(),
        train.learningRate(),
        train.warmupRatio(),
        train.weightDecay(),
        train.maxGradNorm(),
        train.seed());
  }
}
