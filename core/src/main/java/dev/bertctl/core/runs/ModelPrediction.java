// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.data.Selection;
import dev.bertctl.core.data.Split;
import dev.bertctl.core.data.SplitReading;
import dev.bertctl.core.inspect.ClassBalance;
import dev.bertctl.core.inspect.Lengths;
import dev.bertctl.core.output.PredictionTarget;
import dev.bertctl.core.output.SavedPredictions;
import dev.bertctl.runtime.encoder.AttentionMask;
import dev.bertctl.runtime.evaluation.PredictionSink;
import dev.bertctl.runtime.evaluation.Temperature;
import dev.bertctl.runtime.huggingface.PretrainedModel;
import dev.bertctl.runtime.packing.ExamplePacker;
import dev.bertctl.runtime.packing.TruncationSummary;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.decode.MarkedText;
import dev.bertctl.spi.decode.Prediction;
import dev.bertctl.spi.head.EncoderNeed;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Predicts with a model that has the task's head: a fine-tuned or a pretrained one. */
public final class ModelPrediction {

  private final TaskConfig<?> config;
  private final PretrainedModel pretrained;
  private final Optional<FineTunedModel> saved;
  private final PredictionTarget target;
  private final RunListener listener;

  /**
   * @param config the task's configuration
   * @param pretrained the model's files
   * @param saved the model as bertctl saved it for this task, whose labels must be the task's;
   *     empty for another model, which the task is applied to
   * @param target where predictions go
   * @param listener is told what happens
   */
  public ModelPrediction(
      TaskConfig<?> config,
      PretrainedModel pretrained,
      Optional<FineTunedModel> saved,
      PredictionTarget target,
      RunListener listener) {
    this.config = saved.isPresent() ? config : AppliedConfig.of(config, pretrained);
    this.pretrained = pretrained;
    this.saved = saved;
    this.target = target;
    this.listener = listener;
  }

  /** Is told what is predicted while it is, in the input's order. */
  public interface Output {
    /**
     * A prediction is made.
     *
     * @param row its row
     * @param prediction the prediction
     * @param marked the prediction in its text, where the task shows it so
     */
    void accept(Map<String, Object> row, Prediction prediction, Optional<MarkedText> marked);

    /**
     * So much can no longer be lost, if the target has a file.
     *
     * @param predictions how many predictions there are in it
     */
    default void saved(long predictions) {}
  }

  /**
   * Predicts.
   *
   * @param input the examples, without gold labels or with ones that are passed through
   */
  public void run(DataFile input, Output output) {
    listener.begun(config.plugin());
    run(config.createTask(), input, output);
  }

  private <X extends Example, P extends Prediction> void run(
      Task<X, P> task, DataFile input, Output output) {
    saved.ifPresent(model -> model.requireLabels(task.head()));
    Map<String, String> of =
        target.file().isPresent()
            ? PredictionIdentity.of(config, input, pretrained, target.layout())
            : Map.of();
    try (SavedPredictions<X, P> files = new SavedPredictions<>(task, target, of)) {
      if (!files.isPredicted()) {
        predict(task, input, files, output);
      }
      files.complete();
    }
  }

  private <X extends Example, P extends Prediction> void predict(
      Task<X, P> task, DataFile input, SavedPredictions<X, P> files, Output output) {
    if (files.saved() > 0) {
      listener.notice("resuming after %,d predictions".formatted(files.saved()));
      output.saved(files.saved());
    }
    Temperature temperature = saved.map(FineTunedModel::temperature).orElse(Temperature.NONE);
    try (LoadedTask<X, P> loaded = new LoadedTask<>(config, task, pretrained, temperature)) {
      listener.opened(loaded.opening());
      loaded.fewWords().ifPresent(listener::notice);
      noticeAttention(task);
      listener.read(predict(loaded, input, files, output));
    }
  }

  private <X extends Example, P extends Prediction> SplitSummary predict(
      LoadedTask<X, P> loaded, DataFile input, SavedPredictions<X, P> files, Output output) {
    Task<X, P> task = loaded.setup().task();
    BadRowCount bad = new BadRowCount(files, target.badRows());
    Split<X> all = new Split<>("input", input, task.reader(), Purpose.PREDICTION, Selection.ALL);
    Split<X> split = bad.arePassedOver() ? all.passingOver(bad::unread) : all;
    ExamplePacker<X> packer = new ExamplePacker<>(task.packing(), loaded.setup().packer());
    return listener.during(
        "predicting",
        0,
        progress -> {
          try (SplitReading<X> reading = split.open()) {
            FittingExamples<X> examples =
                new FittingExamples<>(reading, split.file(), packer, bad, files.state());
            TruncationSummary truncation =
                loaded
                    .evaluator()
                    .predict(
                        examples,
                        files.state().truncation(),
                        sink(task, files, output),
                        done -> {
                          files.mark(examples.state(done));
                          output.saved(done.examples());
                          progress.update(done.examples());
                        });
            return new SplitSummary(
                split.name(),
                split.file(),
                bad.in(reading.counts(), split.file()),
                truncation.features(),
                new ClassBalance(Map.of()),
                truncation,
                new Lengths());
          } catch (InterruptedException e) {
            throw new InterruptedRunException(e);
          }
        });
  }

  private <X extends Example, P extends Prediction> PredictionSink<X, P> sink(
      Task<X, P> task, SavedPredictions<X, P> files, Output output) {
    AtomicBoolean first = new AtomicBoolean(true);
    return (example, prediction) -> {
      if (first.getAndSet(false)) {
        target.layout().requireColumns(example, prediction);
      }
      files.accept(example, prediction);
      output.accept(
          target.layout().row(example, prediction),
          prediction,
          task.marker().map(marker -> marker.mark(example, prediction)));
    };
  }

  /** The probabilities of such a model are those of a language model that was never trained. */
  private void noticeAttention(Task<?, ?> task) {
    if (task.head().needs().contains(EncoderNeed.CAUSAL_ATTENTION)
        && pretrained.config().attentionMask() != AttentionMask.CAUSAL) {
      listener.notice(
          "model %s was not trained as a causal language model: its tokens have always seen those behind them, and predict little without"
              .formatted(pretrained.reference()));
    }
  }
}
