// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.predict;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.engine.EngineChoice;
import dev.bertctl.runtime.engine.InferenceModels;
import dev.bertctl.runtime.engine.OpenedModel;
import dev.bertctl.runtime.evaluation.Evaluator;
import dev.bertctl.runtime.evaluation.Temperature;
import dev.bertctl.runtime.huggingface.PretrainedModel;
import dev.bertctl.runtime.packing.BatchSize;
import dev.bertctl.runtime.packing.ExamplePacker;
import dev.bertctl.runtime.packing.PackedExamples;
import dev.bertctl.runtime.packing.SequencePacker;
import dev.bertctl.runtime.packing.TruncationSide;
import dev.bertctl.runtime.tensorflow.ComputeDevice;
import dev.bertctl.runtime.tokenize.Tokenizer;
import dev.bertctl.runtime.weights.WeightAccount;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.decode.MarkedText;
import dev.bertctl.spi.decode.ModelOutput;
import dev.bertctl.spi.decode.Prediction;
import dev.bertctl.spi.packing.Feature;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * A task with a model that has its head, in memory. Thread-safe.
 *
 * @param <X> an example
 * @param <P> a prediction
 */
final class TaskModel<X extends Example, P extends Prediction> implements AutoCloseable {

  private final String name;
  private final Task<X, P> task;
  private final Tokenizer tokenizer;
  private final SequencePacker sequences;
  private final Map<TruncationSide, ExamplePacker<X>> packers;
  private final ComputeDevice device;
  private final OpenedModel opened;
  private final Evaluator<X, P> evaluator;

  /**
   * Loads a model.
   *
   * @param name the task's name, for errors
   * @param maxLength longest sequence in tokens
   * @param temperature what the model is calibrated with
   * @throws UserException if the model lacks weights of the task's head, or cannot take as long
   *     sequences
   */
  TaskModel(
      String name,
      Task<X, P> task,
      PretrainedModel pretrained,
      int maxLength,
      Temperature temperature,
      PredictorOptions options) {
    this.name = name;
    this.task = task;
    requirePositions(pretrained, maxLength);
    this.tokenizer = pretrained.tokenizer().open();
    try {
      this.sequences =
          new SequencePacker(tokenizer, maxLength, pretrained.config().typeVocabSize());
      this.packers = new EnumMap<>(TruncationSide.class);
      for (TruncationSide side : TruncationSide.values()) {
        packers.put(side, new ExamplePacker<>(task.packing(), sequences.cuttingAt(side)));
      }
      this.device = ComputeDevice.of(options.device());
      this.opened =
          InferenceModels.open(
              name,
              pretrained.config(),
              task.head(),
              sequences.vocabulary(),
              pretrained,
              options.engine(),
              options.quantize(),
              device);
    } catch (RuntimeException e) {
      tokenizer.close();
      throw e;
    }
    try {
      requireWhole(opened.weights(), pretrained);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
    pretrained.fewWords(tokenizer.vocabulary().size()).ifPresent(options.notice());
    this.evaluator =
        new Evaluator<>(
            task,
            opened.model(),
            sequences,
            BatchSize.ofTokens(options.maxBatchTokens()),
            temperature);
  }

  private static void requirePositions(PretrainedModel pretrained, int maxLength) {
    int positions = pretrained.config().maxPositions();
    if (maxLength > positions) {
      throw new UserException(
          "%s: sequences of %d tokens are more than its %d positions; give a shorter longest sequence"
              .formatted(pretrained.reference(), maxLength, positions));
    }
  }

  private void requireWhole(WeightAccount weights, PretrainedModel pretrained) {
    if (!weights.initialized().isEmpty()) {
      throw new UserException(
          "%s cannot be applied to task '%s': it lacks the weights %s of the task's head; give a model that has them, or fine-tune one"
              .formatted(pretrained.reference(), name, String.join(", ", weights.initialized())));
    }
  }

  /** Which engine computes, and why. */
  EngineChoice engine() {
    return opened.choice();
  }

  /** Where it computes. */
  String device() {
    return device.toString();
  }

  /** Longest sequence in tokens. */
  int maxLength() {
    return sequences.maxLength();
  }

  /**
   * The examples of some rows, read and packed.
   *
   * @param side where texts that are too long are cut
   * @throws dev.bertctl.spi.data.DataException naming the row and column, if one cannot be used
   */
  List<Prepared> prepare(DataFile rows, TruncationSide side) {
    try (Stream<X> examples =
        task.reader().read(rows, Purpose.PREDICTION, (location, reason) -> {})) {
      return examples.map(example -> packed(example, side)).toList();
    }
  }

  /**
   * An example of the task's own, packed.
   *
   * @throws IllegalArgumentException if the task has examples of another class
   */
  @SuppressWarnings("unchecked") // what it is, the task's packing finds out
  Prepared prepare(Example example) {
    try {
      return packed((X) example, TruncationSide.RIGHT);
    } catch (ClassCastException e) {
      throw new IllegalArgumentException(
          "task '%s' has no examples of the class %s: %s"
              .formatted(name, example.getClass().getName(), e.getMessage()),
          e);
    }
  }

  private Prepared packed(X example, TruncationSide side) {
    return new Prepared(example, packers.get(side).packOne(example));
  }

  /** Splits texts as the model sees them. */
  Tokenizer tokenizer() {
    return tokenizer;
  }

  /** The predictions for examples that {@link #prepare} made, each with its outputs. */
  @SuppressWarnings("unchecked") // by prepare
  void compute(List<Prepared> prepared, BiConsumer<? super P, ModelOutput> sink) {
    List<X> examples = new ArrayList<>(prepared.size());
    List<List<Feature>> features = new ArrayList<>(prepared.size());
    for (Prepared one : prepared) {
      examples.add((X) one.example());
      features.add(one.features());
    }
    evaluator.predict(PackedExamples.of(examples, features), sink::accept);
  }

  /** A prediction in its text, where the task shows it so. */
  @SuppressWarnings("unchecked") // by prepare and compute
  Optional<MarkedText> marked(Prepared prepared, Prediction prediction) {
    return task.marker().map(marker -> marker.mark((X) prepared.example(), (P) prediction));
  }

  @Override
  public void close() {
    opened.model().close();
    tokenizer.close();
  }
}
