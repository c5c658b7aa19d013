// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.encoder.Parameter;
import dev.bertctl.runtime.graph.BertModel;
import dev.bertctl.runtime.graph.ModelWeights;
import dev.bertctl.runtime.graph.StepMaker;
import dev.bertctl.runtime.graph.TrainingSpec;
import dev.bertctl.runtime.huggingface.PretrainedModel;
import dev.bertctl.runtime.packing.FeatureDraws;
import dev.bertctl.runtime.tensorflow.ComputeDevice;
import dev.bertctl.runtime.training.Trainer;
import dev.bertctl.runtime.training.TrainingBatches;
import dev.bertctl.runtime.training.TrainingSettings;
import dev.bertctl.runtime.weights.WeightAccount;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.decode.OutputFile;
import dev.bertctl.spi.decode.Prediction;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One run in a folder of its own: a model is opened, trained on the data, evaluated and saved.
 *
 * @param <X> an example
 * @param <P> a prediction
 */
final class SingleRun<X extends Example, P extends Prediction> {

  private final TaskConfig<?> config;
  private final Task<X, P> task;
  private final RunFolder folder;
  private final ComputeDevice device;
  private final RunJob job;
  private final Optional<TrainingData<X>> shared;

  /**
   * @param config the run's configuration, with all options known
   * @param task the task that it makes
   * @param folder where the results go
   * @param job how the run is done
   * @param shared data that were read already, and that others use too; empty if the run is to read
   *     its own
   */
  SingleRun(
      TaskConfig<?> config,
      Task<X, P> task,
      Path folder,
      RunJob job,
      Optional<TrainingData<X>> shared) {
    this.config = config;
    this.task = task;
    this.folder = new RunFolder(folder);
    this.device = ComputeDevice.of(config.settings().device());
    config.settings().precision().requireUseful(device);
    this.job = job;
    this.shared = shared;
  }

  /** Whether there is an unfinished run in a folder. */
  static boolean canResume(Path folder) {
    return hasCheckpoint(new RunFolder(folder));
  }

  private static boolean hasCheckpoint(RunFolder folder) {
    return Checkpoints.exist(new UnfinishedRun(folder.unfinished()));
  }

  /**
   * Runs.
   *
   * @throws UserException if anything keeps it from being done
   * @throws InterruptedRunException if the user wanted it to end
   */
  RunResult run() {
    return folder.alone(
        () -> {
          try {
            return earlier().orElseGet(this::open);
          } finally {
            if (!hasCheckpoint(folder)) {
              folder.forget();
            }
          }
        });
  }

  /**
   * Makes sure that a new run has nothing of an earlier one before it, and takes note if it may
   * replace results.
   *
   * @throws UserException if it has
   */
  void claim() {
    if (job.mode() == RunMode.NEW && hasCheckpoint(folder)) {
      throw new UserException(
          folder.root() + ": an unfinished run is here", new KeepOrReplace(false));
    }
    if (job.mode() == RunMode.NEW && folder.hasResults()) {
      throw new UserException(
          folder.root() + ": the results of a finished run are here", new KeepOrReplace(true));
    }
    if (job.mode() != RunMode.RESUME) {
      // Publishing makes sure of it, too; but hours may have been spent by then.
      folder.requireReplaceable(task.files().stream().map(OutputFile::name).toList());
    }
    if (job.mode() == RunMode.OVERWRITE && folder.hasResults()) {
      folder.begin(RunInputs.of(config));
    }
  }

  /**
   * Makes sure that no earlier run is lost that is not to be.
   *
   * @return what a finished run has found, where it is to go on
   */
  private Optional<RunResult> earlier() {
    claim();
    boolean unfinished = hasCheckpoint(folder);
    if (job.mode() != RunMode.RESUME || unfinished) {
      return Optional.empty();
    }
    RunInputs inputs = RunInputs.of(config);
    if (folder.hasResults() && !folder.isBegun(inputs)) {
      RunResult result = folder.finished(inputs);
      job.listener().notice("the run in " + folder.root() + " is finished; nothing is left to do");
      return Optional.of(result);
    }
    job.listener()
        .notice("no unfinished run in " + folder.root() + ": starting from the beginning");
    return Optional.empty();
  }

  private RunResult open() {
    new TemperatureFitting(config, job.listener(), job.interruption()).requirePossible(task);
    if (shared.isEmpty() && !BaseModel.isNew(config)) {
      TrainingData.readThrough(config, task);
    }
    try (BaseModel base = BaseModel.open(config, task, job.store(), folder.workplace())) {
      requireSameLabels(task, base.files());
      try (TaskSetup<X, P> setup = new TaskSetup<>(config, task, base.files())) {
        setup.fewWords().ifPresent(job.listener()::notice);
        return shared.isPresent() ? train(setup, shared.get()) : readAndTrain(setup);
      }
    }
  }

  private RunResult readAndTrain(TaskSetup<X, P> setup) {
    try (TrainingData<X> data = TrainingData.read(setup, folder.workplace())) {
      return train(setup, data);
    }
  }

  private static void requireSameLabels(Task<?, ?> task, PretrainedModel pretrained) {
    if (FineTunedModel.isIn(pretrained.directory())) {
      FineTunedModel.open(pretrained.directory())
          .requireSameLabels(task.head(), pretrained.reference());
    }
  }

  private RunResult train(TaskSetup<X, P> setup, TrainingData<X> data) {
    TrainingPlan plan = new TrainingPlan(config);
    TrainingSettings settings = plan.settings();
    TrainingSpec spec = plan.spec(data.labels());
    try (BertModel model = setup.model(Optional.of(spec), device);
        Elsewhere elsewhere = new Elsewhere(setup, model, spec)) {
      plan.requireGroupsOf(model, spec.groups());
      WeightAccount weights =
          ModelWeights.load(model, task.head(), setup.pretrained(), setup.seed());
      model.values().clearSlots();
      TrainingBatches batches =
          new TrainingBatches(
              data.training(),
              new FeatureDraws(task.packing(), setup.packer(), data.training(), setup.seed()),
              settings,
              setup.packer().padId());
      Trainer trainer = new Trainer(elsewhere.stepsOr(model), batches, settings);
      MemoryPlan memory = MemoryPlan.of(model, task.head(), spec, batches, device);
      Opening opening =
          Opening.of(
              config.plugin(),
              device,
              setup.pretrained().reference(),
              model.config(),
              model.parameters().stream().map(Parameter::spec).toList(),
              weights,
              Optional.empty(),
              Optional.of(
                  new Opening.Training(settings, spec, trainer.totalSteps(), memory.estimate())));
      boolean resume = prepared();
      try (RunLog log =
          new RunLog(
              new UnfinishedRun(folder.unfinished()).log(), job.listener(), Clock.systemUTC())) {
        begun(log, opening, data, memory);
        return logged(
            log,
            () ->
                new TrainingRun<>(
                        setup,
                        data,
                        model,
                        elsewhere.processes(),
                        opening,
                        folder,
                        log,
                        job.interruption())
                    .run(trainer, elsewhere.processes().isPresent() ? 1 : memory.parts(), resume));
      }
    }
  }

  /** Other processes, if the job is to have them train. */
  private final class Elsewhere implements AutoCloseable {

    private final Optional<OtherProcesses> processes;

    Elsewhere(TaskSetup<?, ?> setup, BertModel model, TrainingSpec spec) {
      this.processes =
          job.processes()
              .map(
                  started ->
                      new OtherProcesses(setup, model, spec, started.get(), folder.workplace()));
    }

    Optional<OtherProcesses> processes() {
      return processes;
    }

    StepMaker stepsOr(BertModel model) {
      return processes.map(OtherProcesses::steps).orElse(model);
    }

    @Override
    public void close() {
      processes.ifPresent(OtherProcesses::close);
    }
  }

  /**
   * Makes room for a new run.
   *
   * @return whether an unfinished one goes on
   */
  private boolean prepared() {
    boolean unfinished = hasCheckpoint(folder);
    if (unfinished && job.mode() == RunMode.RESUME) {
      return true;
    }
    if (unfinished) {
      job.listener()
          .notice("starting over; the unfinished run in " + folder.root() + " is dropped");
    }
    folder.clear();
    return false;
  }

  private void begun(RunLog log, Opening opening, TrainingData<X> data, MemoryPlan memory) {
    log.opened(opening);
    if (shared.isEmpty()) {
      data.report(log);
    }
    memory.notice().ifPresent(log::notice);
    if (task.tuner().isPresent() && data.validation().isEmpty()) {
      log.notice("not tuned: options that are tuned need validation data, and stay as set");
    }
  }

  private static RunResult logged(RunLog log, Supplier<RunResult> run) {
    try {
      return run.get();
    } catch (RuntimeException e) {
      log.failed(e);
      throw e;
    }
  }
}
