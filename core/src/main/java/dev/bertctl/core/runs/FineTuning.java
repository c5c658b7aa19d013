// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.core.config.RunSettings;
import dev.bertctl.core.config.SplitName;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.models.ModelStore;
import dev.bertctl.core.runs.TaskSetup.PreparedSplit;
import dev.bertctl.runtime.evaluation.Evaluation;
import dev.bertctl.runtime.evaluation.Evaluator;
import dev.bertctl.runtime.graph.BertModel;
import dev.bertctl.runtime.huggingface.PretrainedModel;
import dev.bertctl.runtime.packing.PackedSplit;
import dev.bertctl.runtime.tensorflow.ComputeDevice;
import dev.bertctl.runtime.training.Trainer;
import dev.bertctl.runtime.training.TrainingSettings;
import dev.bertctl.runtime.training.TrainingState;
import dev.bertctl.runtime.weights.WeightAccount;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.decode.Prediction;
import dev.bertctl.spi.packing.Feature;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The main job: fine-tunes a pretrained model on a task, evaluates it after each epoch, and saves
 * the best epoch.
 *
 * @param config the run's configuration
 * @param store where models come from
 * @param resume whether an unfinished run goes on
 * @param listener hears of the progress
 */
public record FineTuning(
    TaskConfig<?> config, ModelStore store, boolean resume, RunListener listener) {

  /** Whether there is an unfinished run that {@code resume} would go on with. */
  public boolean canResume() {
    return new Checkpoint(new RunFolder(folder()).unfinished()).exists();
  }

  /** Where the results are. */
  public Path folder() {
    return config.settings().output().resolve(config.plugin().name());
  }

  /**
   * Runs.
   *
   * @return what metrics.json holds
   * @throws dev.bertctl.runtime.UserException if anything keeps it from being done
   */
  public Map<String, Object> run() {
    TaskConfig<?> complete = FoundOptions.complete(config);
    return new FineTuning(complete, store, resume, listener).run(complete.createTask());
  }

  private <X extends Example, P extends Prediction> Map<String, Object> run(Task<X, P> task) {
    ComputeDevice device = ComputeDevice.of(config.settings().device());
    PretrainedModel pretrained = store.open(config.settings().model(), Path.of(""));
    if (FineTunedModel.isIn(pretrained.directory())) {
      FineTunedModel.open(pretrained.directory())
          .requireLabels(
              task.head(),
              "begin with its encoder alone: 'bertctl models export %s DIR', then DIR as the model"
                  .formatted(pretrained.reference()));
    }
    try (TaskSetup<X, P> setup = TaskSetup.open(config, task, pretrained)) {
      TrainingData train = trainingData(setup);
      Optional<PreparedSplit<X>> validation = optional(setup, SplitName.VALIDATION);
      Optional<PreparedSplit<X>> test = optional(setup, SplitName.TEST);
      setup.splits().requireColumnsUsed(Set.of());
      try (BertModel model =
          BertModel.create(
              config.plugin().name(),
              setup.architecture(),
              task.head(),
              BertModel.Mode.TRAINING,
              device)) {
        WeightAccount account =
            ModelWeights.load(model, pretrained, config.settings().train().seed());
        model.values().clearMoments();
        Trainer<P> trainer = trainer(setup, model, train);
        OpeningReport.of(setup, device, model, account, trainer.totalSteps())
            .forEach(listener::info);
        train.report().forEach(listener::info);
        report(task, List.of(validation, test));
        if (task.tuner().isPresent() && validation.isEmpty()) {
          listener.info("not tuned: options that are tuned need validation data, and stay as set");
        }
        RunFolder folder = new RunFolder(folder());
        return folder.alone(() -> train(setup, model, trainer, folder, validation, test));
      }
    }
  }

  private <X extends Example, P extends Prediction> Map<String, Object> train(
      TaskSetup<X, P> setup,
      BertModel model,
      Trainer<P> trainer,
      RunFolder folder,
      Optional<PreparedSplit<X>> validation,
      Optional<PreparedSplit<X>> test) {
    Checkpoint checkpoint = new Checkpoint(folder.unfinished());
    RunInputs inputs = RunInputs.of(config);
    Evaluator<X, P> evaluator = setup.evaluator(setup.task(), model);
    TrainingState start = start(folder, checkpoint, inputs, model);
    try (RunRecord<X, P> record =
        new RunRecord<>(setup, model, folder, checkpoint, inputs, validation, listener)) {
      if (start.epochs() > 0) {
        record.restore(checkpoint.results());
      }
      trainer.train(
          start,
          epoch -> validation.map(split -> validate(setup, evaluator, split.packed(), epoch)),
          record);
      if (test.isPresent()) {
        record.loadBest();
        Task<X, P> tuned = setup.taskWith(record.bestOptions());
        record.tested(test.get(), test(setup.evaluator(tuned, model), test.get().packed()));
      }
      return record.finish();
    }
  }

  private TrainingState start(
      RunFolder folder, Checkpoint checkpoint, RunInputs inputs, BertModel model) {
    if (resume && checkpoint.exists()) {
      TrainingState state = checkpoint.read(model, inputs);
      History.cutBack(folder.unfinished().resolve(RunFolder.HISTORY), state.steps(), listener);
      listener.info("resuming after epoch " + state.epochs());
      return state;
    }
    if (resume) {
      listener.info("no unfinished run in " + folder.root() + ": starting from the beginning");
    } else if (checkpoint.exists()) {
      listener.info("starting over; the unfinished run in " + folder.root() + " is dropped");
    }
    folder.clear();
    return TrainingState.START;
  }

  private <X extends Example, P extends Prediction> Evaluation<P> validate(
      TaskSetup<X, P> setup, Evaluator<X, P> evaluator, PackedSplit<X> split, int epoch) {
    return listener.during(
        "evaluating epoch " + epoch,
        split.features().size(),
        progress -> evaluator.tune(split, setup::taskWith, progress));
  }

  private <X extends Example, P extends Prediction> Evaluation<P> test(
      Evaluator<X, P> evaluator, PackedSplit<X> split) {
    return listener.during(
        "evaluating test",
        split.features().size(),
        progress -> evaluator.evaluate(split, progress));
  }

  private <X extends Example, P extends Prediction> Trainer<P> trainer(
      TaskSetup<X, P> setup, BertModel model, TrainingData train) {
    RunSettings.Train settings = config.settings().train();
    return new Trainer<>(
        model,
        train.features(),
        new TrainingSettings(
            settings.epochs(),
            settings.batchSize(),
            settings.learningRate(),
            settings.warmupRatio(),
            settings.weightDecay(),
            settings.maxGradNorm(),
            settings.seed()),
        setup.tokenizer().padId());
  }

  /**
   * What training needs of its split. The examples themselves are not kept: of a large split they
   * would fill the memory.
   *
   * @param features the encoder's input
   * @param report what the opening says of the split
   */
  private record TrainingData(List<Feature> features, List<String> report) {}

  private static <X extends Example> TrainingData trainingData(TaskSetup<X, ?> setup) {
    PreparedSplit<X> split = setup.prepare(SplitName.TRAIN, Purpose.TRAINING);
    return new TrainingData(
        split.packed().features(),
        SplitReport.lines(split.split(), split.packed(), setup.task().head().labels()));
  }

  private <X extends Example> Optional<PreparedSplit<X>> optional(
      TaskSetup<X, ?> setup, SplitName name) {
    return name.file(config.settings().data()).map(file -> setup.prepare(name, Purpose.EVALUATION));
  }

  private <X extends Example> void report(
      Task<X, ?> task, List<Optional<PreparedSplit<X>>> splits) {
    for (Optional<PreparedSplit<X>> split : splits) {
      split.ifPresent(
          present ->
              SplitReport.lines(present.split(), present.packed(), task.head().labels())
                  .forEach(listener::info));
    }
  }
}
