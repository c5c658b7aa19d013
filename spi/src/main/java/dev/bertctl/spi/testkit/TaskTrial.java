// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.testkit;

import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.data.Location;
import dev.bertctl.spi.decode.FeatureLogits;
import dev.bertctl.spi.decode.Logits;
import dev.bertctl.spi.decode.Prediction;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.metric.Metric;
import dev.bertctl.spi.metric.Scores;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Sequence;
import dev.bertctl.spi.packing.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Takes a file through a task, with a packer and a model made up.
 *
 * @param task the task
 * @param examples the file's examples
 * @param leftOut how often the reader has counted something that it left out
 * @param packed for each example what was packed
 * @param <X> an example
 * @param <P> a prediction
 */
record TaskTrial<X extends Example, P extends Prediction>(
    Task<X, P> task, List<X> examples, int leftOut, List<Packed> packed) {

  /**
   * What was packed of an example.
   *
   * @param example the example
   * @param features its features
   * @param packer the packer, which knows the texts and pieces met
   */
  record Packed(Example example, List<Feature> features, ToyPacker packer) {

    /** Where the example was read. */
    Location place() {
      return example.location();
    }

    /** All sequences of all features. */
    List<Sequence> sequences() {
      return features.stream().flatMap(feature -> feature.sequences().stream()).toList();
    }

    /** The texts that offsets may point into: those tokenised, and the example's own columns. */
    List<String> sources() {
      return Stream.concat(
              packer.texts().stream(), example.columns().values().stream().map(Object::toString))
          .toList();
    }
  }

  static <X extends Example, P extends Prediction> TaskTrial<X, P> of(
      Task<X, P> task, DataFile file, Purpose purpose, int maxLength) {
    List<Location> leftOut = new ArrayList<>();
    List<X> examples = Step.of("the reader", () -> read(task, file, purpose, leftOut));
    List<Packed> packed = new ArrayList<>();
    for (X example : examples) {
      packed.add(pack(task, example, maxLength));
    }
    return new TaskTrial<>(task, examples, leftOut.size(), packed);
  }

  /** What a truncation cannot make fit gets more room, as a user would give it. */
  private static <X extends Example> Packed pack(Task<X, ?> task, X example, int maxLength) {
    for (int length = maxLength; ; length++) {
      ToyPacker packer = new ToyPacker(length);
      try {
        List<Feature> features =
            Step.of(
                example.location() + ": packing to %d tokens".formatted(length),
                () -> task.packing().pack(example, packer));
        return new Packed(example, features, packer);
      } catch (BrokenPromise e) {
        if (!(e.getCause() instanceof ToyPacker.DoesNotFitException)) {
          throw e;
        }
      }
    }
  }

  private static <X extends Example> List<X> read(
      Task<X, ?> task, DataFile file, Purpose purpose, List<Location> leftOut) {
    try (Stream<X> read =
        task.reader().read(file, purpose, (location, reason) -> leftOut.add(location))) {
      return read.toList();
    }
  }

  /** Whether every feature has the same label, or the same number, as its target. */
  boolean allTheSame() {
    Class<? extends Target> kind =
        switch (task.head().target()) {
          case LABEL -> Target.Ints.class;
          case NUMBER, NUMBER_PER_LABEL -> Target.Floats.class;
          case LABEL_PER_TOKEN, SPAN -> Target.None.class;
        };
    List<Target> targets =
        packed.stream()
            .flatMap(example -> example.features().stream())
            .map(Feature::target)
            .toList();
    return targets.stream().allMatch(kind::isInstance)
        && targets.stream().map(PackingChecks::text).distinct().count() == 1;
  }

  /** Predictions of a model that answers with the given logits. */
  List<P> predictions(BiFunction<Head, Feature, Logits> model) {
    List<P> predictions = new ArrayList<>();
    for (int i = 0; i < examples.size(); i++) {
      X example = examples.get(i);
      List<FeatureLogits> outputs =
          packed.get(i).features().stream()
              .map(feature -> new FeatureLogits(feature, model.apply(task.head(), feature)))
              .toList();
      predictions.add(
          Step.of(
              "%s: the decoder, given logits of the form %s,"
                  .formatted(example.location(), forms(outputs)),
              () -> task.decoder().decode(example, outputs)));
    }
    return predictions;
  }

  /** Rows and columns of the logits, such as {@code [1,3]}. */
  private static String forms(List<FeatureLogits> outputs) {
    return outputs.stream()
        .map(output -> "[%d,%d]".formatted(output.logits().rows(), output.logits().columns()))
        .distinct()
        .collect(Collectors.joining(", "));
  }

  /** The values that the task's tuner, if it has one, chooses for a model's predictions. */
  Map<String, Object> tuned(BiFunction<Head, Feature, Logits> model) {
    List<P> predictions = predictions(model);
    return task.tuner()
        .map(tuner -> Step.of("the tuner", () -> tuner.tune(examples, predictions)))
        .orElse(Map.of());
  }

  /** The metric's values for a model's predictions. */
  Scores scores(BiFunction<Head, Feature, Logits> model) {
    return scores(predictions(model));
  }

  /** The metric's values for predictions that were written to a file and read again. */
  Scores scoresOfFile(BiFunction<Head, Feature, Logits> model) {
    List<Map<String, Object>> rows = new ArrayList<>();
    List<P> predictions = predictions(model);
    for (int i = 0; i < examples.size(); i++) {
      Map<String, Object> row = new LinkedHashMap<>(examples.get(i).columns());
      row.putAll(predictions.get(i).fields());
      rows.add(row);
    }
    MemoryFile file = Step.of("writing Prediction.fields", () -> MemoryFile.rows(rows));
    List<P> read =
        Step.of(
            "the prediction reader, for a file of Prediction.fields,",
            () -> task.predictions().read(file, examples, (location, reason) -> {}));
    BrokenPromise.unless(
        read.size() == examples.size(),
        "the prediction reader gives %d predictions for %d examples; give one for each",
        read.size(),
        examples.size());
    return scores(read);
  }

  private Scores scores(List<P> predictions) {
    return Step.of(
        "the metric",
        () -> {
          Metric.Scorer<X, P> scorer = task.metric().scorer();
          for (int i = 0; i < examples.size(); i++) {
            scorer.add(examples.get(i), predictions.get(i));
          }
          return scorer.scores();
        });
  }
}
