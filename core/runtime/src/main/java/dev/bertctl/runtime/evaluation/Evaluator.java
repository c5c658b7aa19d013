// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.evaluation;

import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.inference.InferenceModel;
import dev.bertctl.runtime.packing.BatchSize;
import dev.bertctl.runtime.packing.ExamplePacker;
import dev.bertctl.runtime.packing.FeatureDraws;
import dev.bertctl.runtime.packing.PackedAhead;
import dev.bertctl.runtime.packing.PackedExamples;
import dev.bertctl.runtime.packing.SequencePacker;
import dev.bertctl.runtime.packing.TargetCheck;
import dev.bertctl.runtime.packing.TruncationSummary;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.decode.ModelOutput;
import dev.bertctl.spi.decode.Prediction;
import dev.bertctl.spi.metric.Detail;
import dev.bertctl.spi.metric.Metric;
import dev.bertctl.spi.metric.Scores;
import dev.bertctl.spi.packing.Feature;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Runs a model over examples as they are read: some are packed, run in batches of equal lengths,
 * decoded in their order and dropped, then the next, so that memory does not grow with the data.
 *
 * @param <X> an example
 * @param <P> a prediction
 */
public final class Evaluator<X extends Example, P extends Prediction> {

  /** Evaluation sees the same features after each epoch. */
  private static final int EPOCH = 0;

  /** Examples of the first chunk where batches are measured in tokens. */
  private static final int FIRST_CHUNK = 64;

  private final Task<X, P> task;
  private final InferenceModel model;
  private final SequencePacker packer;
  private final BatchSize batchSize;
  private final Temperature temperature;

  /**
   * @param task the task
   * @param model its model
   * @param packer packs as the model was trained
   * @param batchSize how large a batch may be
   * @param temperature what a classifier's logits are divided by before they are decoded
   */
  public Evaluator(
      Task<X, P> task,
      InferenceModel model,
      SequencePacker packer,
      BatchSize batchSize,
      Temperature temperature) {
    this.temperature = temperature;
    this.task = task;
    this.model = model;
    this.packer = packer;
    this.batchSize = batchSize;
  }

  /**
   * Predicts; gold labels are not needed.
   *
   * @param before what was cut of examples that were predicted for before: after whole chunks of
   *     them the predictions for the others are those that they would be had all been there
   * @param sink takes each prediction as soon as it is made
   * @param chunkDone is told after each chunk what was cut so far
   * @return what was cut, of those before too
   * @throws UserException naming the example for which the model gives no finite outputs
   */
  public TruncationSummary predict(
      Iterator<X> examples,
      TruncationSummary before,
      PredictionSink<X, P> sink,
      Consumer<TruncationSummary> chunkDone)
      throws InterruptedException {
    Answers answers = answers();
    TruncationSummary truncation = before;
    Chunks<X> chunks = Chunks.growing(examples, firstChunk(), before.examples());
    while (chunks.hasNext()) {
      try (PackedAhead<X> windows = new PackedAhead<>(packer(), chunks.next())) {
        while (windows.hasNext()) {
          PackedExamples<X> packed = windows.next();
          decode(
              task,
              packed.examples(),
              answers.of(packed, packed.features(), false, Progress.NONE),
              sink);
          for (List<Feature> own : packed.perExample()) {
            truncation = truncation.plus(own);
          }
        }
      }
      chunkDone.accept(truncation);
    }
    return truncation;
  }

  /**
   * Predicts for examples that are packed.
   *
   * @return the predictions, in their order
   * @throws UserException naming the example for which the model gives no finite outputs
   */
  public List<P> predict(PackedExamples<X> packed) {
    List<P> predictions = new ArrayList<>(packed.examples().size());
    predict(packed, (prediction, output) -> predictions.add(prediction));
    return predictions;
  }

  /**
   * Predicts for examples that are packed.
   *
   * @param sink takes each prediction, in the examples' order, with what it was decoded from
   * @throws UserException naming the example for which the model gives no finite outputs
   */
  public void predict(PackedExamples<X> packed, BiConsumer<P, ModelOutput> sink) {
    List<ModelOutput> outputs = answers().of(packed, packed.features(), false, Progress.NONE);
    for (int i = 0; i < outputs.size(); i++) {
      ModelOutput output = outputs.get(i);
      sink.accept(task.decoder().decode(packed.examples().get(i), output), output);
    }
  }

  /**
   * Predicts, and compares with the gold labels, which every example must have.
   *
   * @param seed of what the task's packing draws
   * @param sink takes each prediction as soon as it is made
   * @throws UserException naming the example for which the model gives no finite outputs
   */
  public Evaluation evaluate(
      Iterator<X> examples, long seed, PredictionSink<X, P> sink, Progress progress)
      throws InterruptedException {
    Metric.Scorer<X, P> scorer = scorer(task);
    Answers answers = answers();
    long[] done = {0};
    forEachAnswered(
        examples,
        seed,
        answers,
        progress,
        (some, outputs) -> {
          decode(task, some, outputs, sink.and(scorer::add));
          done[0] += some.size();
        });
    return evaluation(done[0], answers, scorer, Map.of());
  }

  /**
   * As {@link #evaluate}, with the options that the task's tuner chooses on these examples. All of
   * them, and what the model answered, are in memory at once.
   *
   * @param variant makes the task with these options
   * @param sink takes the predictions that are made with them
   */
  public Evaluation tune(
      Iterator<X> examples,
      long seed,
      Function<Map<String, Object>, Task<X, P>> variant,
      PredictionSink<X, P> sink,
      Progress progress)
      throws InterruptedException {
    List<X> all = new ArrayList<>();
    List<ModelOutput> outputs = new ArrayList<>();
    Answers answers = answers();
    forEachAnswered(
        examples,
        seed,
        answers,
        progress,
        (some, theirs) -> {
          all.addAll(some);
          outputs.addAll(theirs);
        });
    List<P> predictions = new ArrayList<>(all.size());
    decode(task, all, outputs, (example, prediction) -> predictions.add(prediction));
    Map<String, Object> tuned = task.tuner().orElseThrow().tune(all, predictions);
    Task<X, P> chosen = variant.apply(tuned);
    Metric.Scorer<X, P> scorer = scorer(chosen);
    decode(chosen, all, outputs, sink.and(scorer::add));
    return evaluation(all.size(), answers, scorer, tuned);
  }

  /**
   * The temperature that calibrates the model best on these examples. What the model answered for
   * all of them is in memory at once.
   *
   * @param seed of what the task's packing draws
   * @return empty if there is no best one, see {@link Temperature#fit}
   * @throws IllegalStateException if this evaluator has a temperature already
   */
  public Optional<Temperature.Fit> fitTemperature(
      Iterator<X> examples, long seed, Progress progress) throws InterruptedException {
    if (!temperature.equals(Temperature.NONE)) {
      throw new IllegalStateException("logits that are divided already: " + temperature);
    }
    List<LabelledLogits> labelled = new ArrayList<>();
    forEachAnswered(
        examples,
        seed,
        answers(),
        progress,
        (some, outputs) ->
            outputs.stream()
                .flatMap(output -> output.features().stream())
                .flatMap(output -> LabelledLogits.of(task.head(), output).stream())
                .forEach(labelled::add));
    return Temperature.fit(labelled);
  }

  private int firstChunk() {
    return batchSize.unit() == BatchSize.Unit.SEQUENCES ? batchSize.most() : FIRST_CHUNK;
  }

  private Answers answers() {
    return new Answers(model, batchSize, packer.padId(), task.head(), temperature);
  }

  private static <X extends Example, P extends Prediction> Metric.Scorer<X, P> scorer(
      Task<X, P> task) {
    return task.scoring()
        .orElseThrow(
            () -> new UserException("the task has no metric: it is applied, not evaluated"))
        .metric()
        .scorer();
  }

  private static Evaluation evaluation(
      long examples, Answers answers, Metric.Scorer<?, ?> scorer, Map<String, Object> tuned) {
    LossMeans losses = answers.losses();
    scorer.losses(losses.means());
    Scores scores = scorer.scores();
    List<Detail> details = new ArrayList<>(scores.details());
    answers.calibrationError().ifPresent(details::add);
    return new Evaluation(examples, losses, new Scores(scores.values(), details), tuned);
  }

  private void forEachAnswered(
      Iterator<X> examples, long seed, Answers answers, Progress progress, Answered<X> answered)
      throws InterruptedException {
    long done = 0;
    for (Chunks<X> chunks = Chunks.even(examples); chunks.hasNext(); ) {
      PackedExamples<X> packed = packer().pack(chunks.next());
      long before = done;
      answered.accept(
          packed.examples(),
          answers.of(
              packed, drawn(packed, before, seed), true, more -> progress.update(before + more)));
      done += packed.examples().size();
    }
  }

  private ExamplePacker<X> packer() {
    return new ExamplePacker<>(task.packing(), packer);
  }

  private List<Feature> drawn(PackedExamples<X> packed, long firstExample, long seed) {
    FeatureDraws draws = new FeatureDraws(task.packing(), packer, packed, firstExample, seed);
    List<Feature> drawn =
        IntStream.range(0, packed.size()).mapToObj(i -> draws.draw(i, EPOCH)).toList();
    for (int i = 0; i < drawn.size(); i++) {
      TargetCheck.require(
          packed.examples().get(packed.example(i)), drawn.get(i), task.head().targets());
    }
    return drawn;
  }

  private static <X extends Example, P extends Prediction> void decode(
      Task<X, P> task, List<X> examples, List<ModelOutput> outputs, PredictionSink<X, P> sink) {
    for (int i = 0; i < examples.size(); i++) {
      X example = examples.get(i);
      sink.accept(example, task.decoder().decode(example, outputs.get(i)));
    }
  }

  /** Takes examples with what the model answered. */
  private interface Answered<X> {
    void accept(List<X> examples, List<ModelOutput> outputs);
  }
}
