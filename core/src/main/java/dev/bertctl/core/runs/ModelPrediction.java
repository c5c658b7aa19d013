// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.data.Selection;
import dev.bertctl.core.data.Split;
import dev.bertctl.core.data.SplitReading;
import dev.bertctl.runtime.encoder.AttentionMask;
import dev.bertctl.runtime.evaluation.PredictionSink;
import dev.bertctl.runtime.files.FileTree;
import dev.bertctl.runtime.huggingface.PretrainedModel;
import dev.bertctl.runtime.packing.TruncationSummary;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.decode.Prediction;
import dev.bertctl.spi.head.EncoderNeed;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Predicts with a model that has the task's head: a fine-tuned or a pretrained one. */
public final class ModelPrediction {

  private final TaskConfig<?> config;
  private final PretrainedModel pretrained;
  private final Optional<FineTunedModel> saved;
  private final Optional<Path> taskFiles;
  private final RunListener listener;

  /**
   * @param config the task's configuration
   * @param pretrained the model's files
   * @param saved the model as bertctl saved it for this task, whose labels must be the task's;
   *     empty for another model, which the task is applied to
   * @param taskFiles folder for predictions in the task's own forms, if they are wanted
   * @param listener is told what happens
   */
  public ModelPrediction(
      TaskConfig<?> config,
      PretrainedModel pretrained,
      Optional<FineTunedModel> saved,
      Optional<Path> taskFiles,
      RunListener listener) {
    this.config = config;
    this.pretrained = pretrained;
    this.saved = saved;
    this.taskFiles = taskFiles;
    this.listener = listener;
  }

  /** Takes predictions while they are made, in the input's order. */
  @FunctionalInterface
  public interface Output {
    /**
     * @param columns the input's columns
     * @param prediction the prediction
     */
    void accept(Map<String, Object> columns, Prediction prediction);
  }

  /**
   * Predicts.
   *
   * @param input the examples, without gold labels or with ones that are passed through
   */
  public void run(DataFile input, Output output) {
    run(config.createTask(), input, output);
  }

  private <X extends Example, P extends Prediction> void run(
      Task<X, P> task, DataFile input, Output output) {
    saved.ifPresent(model -> model.requireLabels(task.head()));
    taskFiles.ifPresent(FileTree::create);
    try (LoadedTask<X, P> loaded = new LoadedTask<>(config, task, pretrained)) {
      Split<X> split =
          new Split<>("input", input, task.reader(), Purpose.PREDICTION, Selection.ALL);
      listener.opened(loaded.opening());
      noticeAttention(task);
      Optional<PredictionFiles<X, P>> own =
          taskFiles.map(folder -> PredictionFiles.ofTask(folder, task));
      PredictionSink<X, P> sink =
          (example, prediction) -> output.accept(example.columns(), prediction);
      try {
        predict(loaded, split, own.isEmpty() ? sink : sink.and(own.get()));
        own.ifPresent(PredictionFiles::publish);
      } finally {
        own.ifPresent(PredictionFiles::drop);
      }
    }
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

  private <X extends Example, P extends Prediction> void predict(
      LoadedTask<X, P> loaded, Split<X> split, PredictionSink<X, P> sink) {
    SplitSummary summary =
        listener.during(
            "predicting",
            0,
            progress -> {
              try (SplitReading<X> reading = split.open()) {
                TruncationSummary truncation = loaded.evaluator().predict(reading, sink, progress);
                return new SplitSummary(
                    split.name(),
                    split.file(),
                    reading.counts(),
                    truncation.features(),
                    Map.of(),
                    truncation);
              } catch (InterruptedException e) {
                throw new InterruptedRunException(e);
              }
            });
    listener.read(summary);
  }
}
