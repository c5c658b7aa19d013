// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import dev.bertctl.core.config.ConfigException;
import dev.bertctl.core.config.SplitName;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.data.Split;
import dev.bertctl.core.data.Splits;
import dev.bertctl.runtime.encoder.BertConfig;
import dev.bertctl.runtime.evaluation.Evaluator;
import dev.bertctl.runtime.graph.BertModel;
import dev.bertctl.runtime.huggingface.PretrainedModel;
import dev.bertctl.runtime.packing.PackedSplit;
import dev.bertctl.runtime.packing.SequencePacker;
import dev.bertctl.runtime.tokenize.Tokenizer;
import dev.bertctl.runtime.tokenize.Tokenizers;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.decode.Prediction;
import java.util.Map;

/**
 * A task with the model's tokenizer: what every job needs to make features of data.
 *
 * @param config the run's configuration
 * @param splits its data
 * @param task the task
 * @param pretrained the model's files
 * @param tokenizer its tokenizer
 * @param packer packs to the configured length
 * @param <X> an example
 * @param <P> a prediction
 */
record TaskSetup<X extends Example, P extends Prediction>(
    TaskConfig<?> config,
    Splits splits,
    Task<X, P> task,
    PretrainedModel pretrained,
    Tokenizer tokenizer,
    SequencePacker packer)
    implements AutoCloseable {

  static <X extends Example, P extends Prediction> TaskSetup<X, P> open(
      TaskConfig<?> config, Task<X, P> task, PretrainedModel pretrained) {
    int maxLength = config.settings().maxLength();
    if (maxLength > pretrained.config().maxPositions()) {
      throw config.wrong(
          "max-length",
          "%d is more than the %d positions of model %s; set at most that"
              .formatted(maxLength, pretrained.config().maxPositions(), pretrained.reference()));
    }
    Tokenizer tokenizer = Tokenizers.open(pretrained.directory());
    return new TaskSetup<>(
        config,
        new Splits(config),
        task,
        pretrained,
        tokenizer,
        new SequencePacker(tokenizer, maxLength));
  }

  /** The task with some of its own options replaced. */
  Task<X, P> taskWith(Map<String, Object> options) {
    return options.isEmpty() ? task : sameTypes(configWith(options).createTask());
  }

  /** The configuration with some of the task's own options replaced. */
  TaskConfig<?> configWith(Map<String, Object> options) {
    return config.with(
        options, "the options that task '%s' tuned".formatted(config.plugin().name()));
  }

  /** A plugin's tasks are all of examples and predictions of the same types. */
  @SuppressWarnings("unchecked")
  private static <X extends Example, P extends Prediction> Task<X, P> sameTypes(Task<?, ?> task) {
    return (Task<X, P>) task;
  }

  /** The architecture with the dropout that the run asks for. */
  BertConfig architecture() {
    BertConfig own = pretrained.config();
    return config.settings().train().dropout().map(rate -> withDropout(own, rate)).orElse(own);
  }

  private static BertConfig withDropout(BertConfig own, double rate) {
    return new BertConfig(
        own.vocabSize(),
        own.hiddenSize(),
        own.layers(),
        own.heads(),
        own.intermediateSize(),
        own.activation(),
        own.maxPositions(),
        own.typeVocabSize(),
        own.layerNormEpsilon(),
        rate,
        rate,
        rate,
        own.initializerRange(),
        own.padTokenId());
  }

  /**
   * Reads and packs a configured split.
   *
   * @throws ConfigException if it is not configured
   */
  PreparedSplit<X> prepare(SplitName name, Purpose purpose) {
    return prepare(splits.read(name, task.reader(), purpose), purpose);
  }

  /** Packs a split. */
  PreparedSplit<X> prepare(Split<X> split, Purpose purpose) {
    try {
      PackedSplit<X> packed = PackedSplit.pack(split.examples(), task.packing(), packer);
      if (purpose.labelled()) {
        packed.requireTargets(task.head());
      }
      return new PreparedSplit<>(split, packed);
    } catch (InterruptedException e) {
      throw new InterruptedRunException(e);
    }
  }

  /**
   * Evaluates a model on the task.
   *
   * @param like the task, or {@link #taskWith} other options
   */
  Evaluator<X, P> evaluator(Task<X, P> like, BertModel model) {
    return new Evaluator<>(
        like, model, config.settings().train().evaluationBatchSize(), tokenizer.padId());
  }

  @Override
  public void close() {
    tokenizer.close();
  }

  /**
   * A split, read and packed.
   *
   * @param split as it was read
   * @param packed its features
   * @param <X> an example
   */
  record PreparedSplit<X extends Example>(Split<X> split, PackedSplit<X> packed) {}
}
