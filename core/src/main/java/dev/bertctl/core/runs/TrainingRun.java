// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.core.config.SplitName;
import dev.bertctl.core.config.TrainSettings;
import dev.bertctl.core.models.ModelOrigin;
import dev.bertctl.core.report.ReportFiles;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.distributed.LostProcessException;
import dev.bertctl.runtime.files.FileException;
import dev.bertctl.runtime.files.FileTree;
import dev.bertctl.runtime.files.WholeFile;
import dev.bertctl.runtime.graph.BertModel;
import dev.bertctl.runtime.graph.ModelWeights;
import dev.bertctl.runtime.json.JsonFile;
import dev.bertctl.runtime.training.BatchTooLargeException;
import dev.bertctl.runtime.training.DivergedException;
import dev.bertctl.runtime.training.Trainer;
import dev.bertctl.runtime.training.TrainingState;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.decode.OutputFile;
import dev.bertctl.spi.decode.Prediction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A run under way: trains from the beginning or from a checkpoint to the end, keeps the model that
 * was evaluated best, tests it, and puts the results into their place.
 *
 * @param <X> an example
 * @param <P> a prediction
 */
final class TrainingRun<X extends Example, P extends Prediction> {

  private final TaskSetup<X, P> setup;
  private final TrainingData<X> data;
  private final BertModel model;
  private final Optional<OtherProcesses> others;
  private final RunFolder folder;
  private final UnfinishedRun unfinished;
  private final Checkpoints checkpoints;
  private final RunListener listener;
  private final Interruption interruption;
  private final RunInputs inputs;
  private final RunEvaluation<X, P> evaluation;
  private final Opening opening;
  private final ModelOrigin origin;
  private Duration trained = Duration.ZERO;

  TrainingRun(
      TaskSetup<X, P> setup,
      TrainingData<X> data,
      BertModel model,
      Optional<OtherProcesses> others,
      Opening opening,
      RunFolder folder,
      RunListener listener,
      Interruption interruption) {
    this.setup = setup;
    this.data = data;
    this.model = model;
    this.others = others;
    this.opening = opening;
    this.folder = folder;
    this.unfinished = new UnfinishedRun(folder.unfinished());
    this.checkpoints = new Checkpoints(unfinished, settings().keepCheckpoints());
    this.listener = listener;
    this.interruption = interruption;
    RunInputs named = RunInputs.of(setup.config());
    // The files of a new model follow from the configuration and the data.
    this.inputs =
        BaseModel.isNew(setup.config()) ? named : named.withModel(setup.pretrained().directory());
    this.origin = ModelOrigin.of(setup.pretrained().reference(), setup.pretrained().directory());
    this.evaluation =
        new RunEvaluation<>(setup, data, model, unfinished, listener, interruption, inputs);
  }

  private TrainSettings settings() {
    return setup.config().settings().train();
  }

  /**
   * Trains to the end.
   *
   * @param parts in how many parts at least a batch is computed
   * @param resume whether an unfinished run goes on
   * @throws InterruptedRunException if the user wants it to end
   * @throws UserException if files cannot be read or written, or the training diverges
   */
  RunResult run(Trainer trainer, int parts, boolean resume) {
    Optional<Checkpoint> checkpoint = resume ? newest() : Optional.empty();
    try {
      return run(trainer, parts, checkpoint);
    } catch (FileException | DataException e) {
      throw stopped(e);
    }
  }

  /** What keeps files from being read or written may be put right, a full disk above all. */
  private RuntimeException stopped(RuntimeException e) {
    OptionalLong step = checkpoints.lastStep();
    return step.isEmpty()
        ? e
        : new UserException(e.getMessage(), new GoOnOncePutRight(step.getAsLong()), e);
  }

  private RunResult run(Trainer trainer, int parts, Optional<Checkpoint> checkpoint) {
    try {
      interruption.heed(() -> train(trainer, checkpoint, parts));
    } catch (Interruption.Requested e) {
      throw new InterruptedRunException(checkpoints.lastStep().orElseThrow());
    } catch (DivergedException e) {
      Path file = DivergedBatch.write(folder, setup, data, e.step());
      throw new DivergedRunException(e, file);
    }
    RunResult result = result();
    folder.publish(complete(result));
    return result;
  }

  private Optional<Checkpoint> newest() {
    return checkpoints.newest(log -> History.require(unfinished, log), listener::notice);
  }

  private void train(Trainer trainer, Optional<Checkpoint> checkpoint, int parts) {
    Optional<Checkpoint> from = checkpoint;
    int atLeast = parts;
    while (true) {
      try {
        trainFrom(trainer, from, atLeast);
        return;
      } catch (BatchTooLargeException e) {
        atLeast = 2 * e.parts();
        from =
            wentBack(
                "not enough memory for a batch",
                ", with batches in %d parts and the same update".formatted(atLeast));
      } catch (LostProcessException e) {
        if (!others.orElseThrow().mayBeginAgain()) {
          throw stopped(new UserException(e.getMessage(), e));
        }
        from = wentBack(e.getMessage(), "");
      }
    }
  }

  /** An update may have been made in part: what counts is the checkpoint. */
  private Optional<Checkpoint> wentBack(String reason, String change) {
    listener.end();
    Optional<Checkpoint> from = newest();
    listener.notice(
        "%s: going back to the %s%s"
            .formatted(reason, from.isPresent() ? "last checkpoint" : "beginning", change));
    if (from.isEmpty()) {
      begin();
    }
    return from;
  }

  /** Makes all as it was before the first step. */
  private void begin() {
    ModelWeights.load(model, setup.task().head(), setup.pretrained(), setup.seed());
    model.values().clearSlots();
    evaluation.begin();
    unfinished.keepOnly(Set.of());
  }

  private void trainFrom(Trainer trainer, Optional<Checkpoint> checkpoint, int parts) {
    TrainingState start = checkpoint.map(this::restored).orElse(TrainingState.START);
    TrainingState state = start.inParts(Math.max(parts, start.parts()));
    try (History history = history(checkpoint)) {
      RunProgress progress =
          new RunProgress(settings(), history, listener, interruption, state, actions(history));
      boolean more =
          checkpoint
              .flatMap(Checkpoint::unevaluated)
              .map(point -> progress.makeUp(point, state))
              .orElse(checkpoint.filter(Checkpoint::isFinished).isEmpty());
      if (more) {
        others.ifPresent(processes -> processes.begin(listener));
        trainer.train(state, progress);
        others.ifPresent(processes -> processes.report(listener));
      }
      evaluation.finish(history);
    }
  }

  private RunProgress.Actions actions(History history) {
    return new RunProgress.Actions() {
      @Override
      public boolean evaluate(RunProgress.Point point) {
        others.ifPresent(OtherProcesses::bring);
        return evaluation.evaluate(point, history);
      }

      @Override
      public void checkpoint(
          TrainingState state, boolean finished, Optional<RunProgress.Point> unevaluated) {
        others.ifPresent(OtherProcesses::bring);
        trained = state.elapsed();
        checkpoints.add(
            model,
            state,
            finished,
            unevaluated,
            inputs,
            evaluation.results(),
            evaluation.saved(),
            history.state());
      }
    };
  }

  private TrainingState restored(Checkpoint checkpoint) {
    inputs.requireSame(
        checkpoint.inputs(), unfinished.folder(), "the unfinished run", new StartOver());
    checkpoint.restore(model, evaluation.results());
    evaluation.restore(checkpoint.saved());
    trained = checkpoint.state().elapsed();
    listener.notice("resuming after step " + checkpoint.state().step());
    return checkpoint.state();
  }

  private History history(Optional<Checkpoint> checkpoint) {
    long examples = data.examples(SplitName.TRAIN.toString());
    return checkpoint
        .map(
            from ->
                History.resume(unfinished, settings().logEvery(), examples, listener, from.log()))
        .orElseGet(() -> History.begin(unfinished, settings().logEvery(), examples, listener));
  }

  /** Adds what only a finished run has to the model and predictions that were kept. */
  private Path complete(RunResult result) {
    Path best = evaluation.folder();
    WholeFile.write(
        best.resolve(RunFolder.RESOLVED), file -> Files.writeString(file, setup.config().toYaml()));
    FileTree.copy(unfinished.history(), best.resolve(RunFolder.HISTORY));
    FileTree.copy(unfinished.log(), best.resolve(RunFolder.LOG));
    FileTree.copy(unfinished.events(), best.resolve(RunFolder.EVENTS));
    new ModelCard(
            result,
            setup.config(),
            setup.task().head(),
            data.summaries(),
            BaseModel.isNew(setup.config()) ? Optional.empty() : Optional.of(origin),
            Versions.used())
        .write(best.resolve(RunFolder.MODEL));
    JsonFile.write(best.resolve(RunFolder.METRICS), result.fields());
    RunFolder.keepInputs(best, inputs);
    ReportFiles.writeInto(
        best,
        new RunReport(
                opening,
                setup.config(),
                data.summaries(),
                result,
                evaluation.testExamples(),
                trained)
            .facts(best));
    return best;
  }

  private RunResult result() {
    SavedModel saved = evaluation.saved().orElseThrow();
    return new RunResult(
        setup.config().plugin().name(),
        setup.pretrained().reference(),
        evaluation.results().judge().name(),
        saved.step(),
        saved.epochs(),
        evaluation.results().all(),
        evaluation.test(),
        setup.task().files().stream().map(OutputFile::name).toList());
  }
}
