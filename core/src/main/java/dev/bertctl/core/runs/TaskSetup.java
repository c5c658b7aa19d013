// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.core.config.SplitName;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.data.Split;
import dev.bertctl.core.data.Splits;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.encoder.AttentionMask;
import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.engine.InferenceModels;
import dev.bertctl.runtime.engine.OpenedModel;
import dev.bertctl.runtime.evaluation.Evaluator;
import dev.bertctl.runtime.evaluation.Temperature;
import dev.bertctl.runtime.graph.BertModel;
import dev.bertctl.runtime.graph.TrainingSpec;
import dev.bertctl.runtime.huggingface.PretrainedModel;
import dev.bertctl.runtime.inference.InferenceModel;
import dev.bertctl.runtime.packing.BatchSize;
import dev.bertctl.runtime.packing.SequencePacker;
import dev.bertctl.runtime.tensorflow.ComputeDevice;
import dev.bertctl.runtime.tokenize.Tokenizer;
import dev.bertctl.runtime.tokenize.TokenizerFiles;
import dev.bertctl.spi.OptionException;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.decode.Prediction;
import java.util.Map;
import java.util.Optional;

/**
 * A task with the model's tokenizer: what every job needs to make features of data.
 *
 * @param <X> an example
 * @param <P> a prediction
 */
final class TaskSetup<X extends Example, P extends Prediction> implements AutoCloseable {

  private final TaskConfig<?> config;
  private final Task<X, P> task;
  private final PretrainedModel pretrained;
  private final Splits splits;
  private final TokenizerFiles tokenizerFiles;
  private final Tokenizer tokenizer;
  private final SequencePacker packer;

  /** Refuses sequences that are longer than a model can take. */
  static void checkLength(TaskConfig<?> config, int positions, String model) {
    int maxLength = config.settings().maxLength();
    if (maxLength > positions) {
      throw config.wrong(
          "max-length",
          "%d is more than the %d positions of model %s; set at most that"
              .formatted(maxLength, positions, model));
    }
  }

  /**
   * Opens the model's tokenizer.
   *
   * @param config the job's configuration
   * @param task the task that it makes
   * @param pretrained the model's files
   * @throws UserException if the model does not fit the task or the configuration
   */
  TaskSetup(TaskConfig<?> config, Task<X, P> task, PretrainedModel pretrained) {
    this.config = config;
    this.task = task;
    this.pretrained = pretrained;
    checkLength(config, pretrained.config().maxPositions(), pretrained.reference());
    if (pretrained.config().attentionMask() == AttentionMask.CAUSAL
        && AttentionMask.of(task.head()) != AttentionMask.CAUSAL) {
      throw new UserException(
          "model %s was trained as a causal language model (is_decoder), whose tokens see only those before; task '%s' needs one whose tokens see each other"
              .formatted(pretrained.reference(), config.plugin().name()));
    }
    this.splits = new Splits(config);
    this.tokenizerFiles = pretrained.tokenizer();
    this.tokenizer = tokenizerFiles.open();
    this.packer =
        new SequencePacker(
            tokenizer, config.settings().maxLength(), pretrained.config().typeVocabSize());
  }

  TaskConfig<?> config() {
    return config;
  }

  Task<X, P> task() {
    return task;
  }

  PretrainedModel pretrained() {
    return pretrained;
  }

  /** What to say of its tokenizer, if anything: see {@link PretrainedModel#fewWords}. */
  Optional<String> fewWords() {
    return pretrained.fewWords(packer.vocabulary().size());
  }

  /** The tokenizer's files as they were when the model was opened. */
  TokenizerFiles tokenizerFiles() {
    return tokenizerFiles;
  }

  Splits splits() {
    return splits;
  }

  SequencePacker packer() {
    return packer;
  }

  /** The architecture that the task's model is saved with. */
  BertConfig architecture() {
    return pretrained.config().with(AttentionMask.of(task.head()));
  }

  /**
   * A model of the task, whose weights are to be loaded next.
   *
   * @param training how it is to be trained; empty if it is not
   */
  BertModel model(Optional<TrainingSpec> training, ComputeDevice device) {
    BertConfig own = architecture();
    try {
      return BertModel.create(
          config.plugin().name(),
          config.settings().train().dropout().map(own::withDropout).orElse(own),
          task.head(),
          packer.vocabulary(),
          training,
          device);
    } catch (OptionException e) {
      // What only the model knows, such as its vocabulary, an option may not fit.
      throw config.wrong(e.option(), e.getMessage());
    }
  }

  /**
   * A model that has the task's head, with its weights, to be applied.
   *
   * @param device where TensorFlow computes
   * @throws UserException if the model lacks weights of the encoder, or has some of other shapes
   */
  OpenedModel opened(ComputeDevice device) {
    try {
      return InferenceModels.open(
          config.plugin().name(),
          architecture(),
          task.head(),
          packer.vocabulary(),
          pretrained,
          config.settings().engine(),
          config.settings().quantize(),
          device);
    } catch (OptionException e) {
      // What only the model knows, such as its vocabulary, an option may not fit.
      throw config.wrong(e.option(), e.getMessage());
    }
  }

  /** The task with some of its own options replaced. */
  Task<X, P> taskWith(Map<String, Object> options) {
    return options.isEmpty() ? task : sameTypes(configWith(options).createTask());
  }

  /** The configuration with some of the task's own options replaced. */
  TaskConfig<?> configWith(Map<String, Object> options) {
    return options.isEmpty()
        ? config
        : config.with(
            options, "the options that task '%s' tuned".formatted(config.plugin().name()));
  }

  /** A plugin's tasks are all of examples and predictions of the same types. */
  @SuppressWarnings("unchecked")
  private static <X extends Example, P extends Prediction> Task<X, P> sameTypes(Task<?, ?> task) {
    return (Task<X, P>) task;
  }

  /**
   * A configured split.
   *
   * @throws dev.bertctl.runtime.options.ConfigException if it is not configured
   */
  Split<X> split(SplitName name, Purpose purpose) {
    return splits.split(name, task.reader(), purpose);
  }

  /** Reads and packs a split, and says what it holds. */
  SplitSummary scan(Split<X> split, SplitScan.FeatureSink sink) {
    try {
      return new SplitScan<>(task, packer, seed()).of(split, sink);
    } catch (InterruptedException e) {
      throw new InterruptedRunException(e);
    }
  }

  /** Reads and packs a split, and says what it holds. */
  SplitSummary scan(Split<X> split, SplitScan.Sink<X> sink) {
    try {
      return new SplitScan<>(task, packer, seed()).of(split, sink);
    } catch (InterruptedException e) {
      throw new InterruptedRunException(e);
    }
  }

  /** The run's seed. */
  long seed() {
    return config.settings().train().seed();
  }

  /**
   * Evaluates a model on the task.
   *
   * @param like the task, or {@link #taskWith} other options
   */
  Evaluator<X, P> evaluator(Task<X, P> like, InferenceModel model) {
    return evaluator(like, model, Temperature.NONE);
  }

  /**
   * Evaluates a model that may be calibrated.
   *
   * @param like the task, or {@link #taskWith} other options
   */
  Evaluator<X, P> evaluator(Task<X, P> like, InferenceModel model, Temperature temperature) {
    return new Evaluator<>(
        like,
        model,
        packer,
        BatchSize.ofSequences(config.settings().train().evaluationBatchSize()),
        temperature);
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
