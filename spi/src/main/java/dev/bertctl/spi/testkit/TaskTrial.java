// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.testkit;

import dev.bertctl.spi.Task;
import dev.bertctl.spi.Task.Scoring;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.Example;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.data.Location;
import dev.bertctl.spi.decode.ExampleView;
import dev.bertctl.spi.decode.FeatureOutput;
import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.decode.Prediction;
import dev.bertctl.spi.head.TargetSpec;
import dev.bertctl.spi.metric.Metric;
import dev.bertctl.spi.metric.Scores;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Takes a file through a task, with a packer and a model made up.
 *
 * @param <X> an example
 * @param <P> a prediction
 */
final class TaskTrial<X extends Example, P extends Prediction> {

  /** How often each feature is drawn to be looked at. */
  static final int EPOCHS = 5;

  private final Task<X, P> task;
  private final Purpose purpose;
  private final List<X> examples;
  private final int leftOut;
  private final List<Packed> packed;
  private final ToyVocabulary vocabulary;

  /**
   * @param task the task
   * @param purpose what the file was read for
   * @param examples the file's examples
   * @param leftOut how often the reader has counted something that it left out
   * @param packed for each example what was packed
   * @param vocabulary the pieces met
   */
  private TaskTrial(
      Task<X, P> task,
      Purpose purpose,
      List<X> examples,
      int leftOut,
      List<Packed> packed,
      ToyVocabulary vocabulary) {
    this.task = task;
    this.purpose = purpose;
    this.examples = examples;
    this.leftOut = leftOut;
    this.packed = packed;
    this.vocabulary = vocabulary;
  }

  /** The task. */
  Task<X, P> task() {
    return task;
  }

  /** What the file was read for. */
  Purpose purpose() {
    return purpose;
  }

  /** The file's examples. */
  List<X> examples() {
    return examples;
  }

  /** How often the reader has counted something that it left out. */
  int leftOut() {
    return leftOut;
  }

  /** For each example what was packed. */
  List<Packed> packed() {
    return packed;
  }

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
              packer.texts().stream(), example.columns().values().stream().map(String::valueOf))
          .toList();
    }
  }

  static <X extends Example, P extends Prediction> TaskTrial<X, P> of(
      Task<X, P> task, DataFile file, Purpose purpose, int maxLength) {
    List<Location> leftOut = new ArrayList<>();
    List<X> examples = Step.of("the reader", () -> read(task, file, purpose, leftOut));
    ToyVocabulary vocabulary = new ToyVocabulary();
    List<Packed> packed = new ArrayList<>();
    for (X example : examples) {
      packed.add(pack(task, example, maxLength, vocabulary));
    }
    return new TaskTrial<>(task, purpose, examples, leftOut.size(), packed, vocabulary);
  }

  /** What a truncation cannot make fit gets more room, as a user would give it. */
  private static <X extends Example> Packed pack(
      Task<X, ?> task, X example, int maxLength, ToyVocabulary vocabulary) {
    for (int length = maxLength; ; length++) {
      ToyPacker packer = new ToyPacker(length, vocabulary);
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

  /** An example's features as the model sees them in an epoch: only prediction draws nothing. */
  List<Feature> seen(int example, int epoch) {
    List<Feature> features = packed.get(example).features();
    return purpose.labelled()
        ? IntStream.range(0, features.size()).mapToObj(i -> drawn(example, i, epoch)).toList()
        : features;
  }

  /** A feature as it is drawn in an epoch. */
  Feature drawn(int example, int index, int epoch) {
    Packed own = packed.get(example);
    List<Feature> others =
        packed.stream()
            .filter(other -> other != own)
            .flatMap(other -> other.features().stream())
            .toList();
    Feature feature = own.features().get(index);
    ToyDraw draw =
        new ToyDraw(
            new SplittableRandom(1000L * example + 10L * index + epoch),
            others.isEmpty() ? List.of(feature) : others,
            new ToyPacker(own.packer().maxLength(), vocabulary));
    return Step.of(own.place() + ": drawing", () -> task.packing().draw(feature, draw));
  }

  /** Whether every feature has the same label, or the same number, as its targets. */
  boolean allTheSame() {
    List<TargetSpec> specs = task.head().targets();
    return !specs.isEmpty()
        && specs.stream().allMatch(TaskTrial::isOfTheFeature)
        && IntStream.range(0, packed.size())
                .boxed()
                .flatMap(example -> seen(example, 0).stream())
                .map(feature -> specs.stream().map(spec -> text(feature, spec)).toList())
                .distinct()
                .count()
            == 1;
  }

  private static boolean isOfTheFeature(TargetSpec spec) {
    return switch (spec.form()) {
      case LABEL, CHOICE, NUMBER, NUMBERS -> true;
      case LABEL_PER_TOKEN, SPAN, TOKEN_PER_POSITION, TOKEN_PER_TOKEN -> false;
    };
  }

  private static String text(Feature feature, TargetSpec spec) {
    return FeatureText.of(feature.target(spec.name()));
  }

  /** Predictions of a model. */
  List<P> predictions(ToyModel model) {
    List<P> predictions = new ArrayList<>();
    for (int i = 0; i < examples.size(); i++) {
      X example = examples.get(i);
      List<FeatureOutput> outputs =
          seen(i, 0).stream().map(feature -> output(model, feature)).toList();
      predictions.add(
          Step.of(
              "%s: the decoder, given %s,".formatted(example.location(), forms(outputs)),
              () -> task.decoder().decode(example, new ToyOutput(outputs, vocabulary))));
    }
    return predictions;
  }

  /** Views of the examples with a model's predictions; none if the task has no viewer. */
  List<ExampleView> views(ToyModel model) {
    if (task.viewer().isEmpty()) {
      return List.of();
    }
    List<P> predictions = predictions(model);
    return IntStream.range(0, examples.size())
        .mapToObj(
            i ->
                Step.of(
                    examples.get(i).location() + ": the viewer",
                    () -> task.viewer().get().view(examples.get(i), predictions.get(i))))
        .toList();
  }

  private FeatureOutput output(ToyModel model, Feature feature) {
    return new FeatureOutput(feature, model.outputs(task.head(), vocabulary, feature));
  }

  /** Names, rows and columns of the outputs, such as {@code logits of the form [1,3]}. */
  private static String forms(List<FeatureOutput> outputs) {
    Map<String, String> forms =
        outputs.stream()
            .flatMap(output -> output.values().entrySet().stream())
            .collect(
                Collectors.groupingBy(
                    Map.Entry::getKey,
                    LinkedHashMap::new,
                    Collectors.mapping(
                        output -> form(output.getValue()),
                        Collectors.collectingAndThen(
                            Collectors.toList(),
                            all -> all.stream().distinct().collect(Collectors.joining(", "))))));
    return forms.isEmpty()
        ? "no outputs"
        : forms.entrySet().stream()
            .map(each -> "%s of the form %s".formatted(each.getKey(), each.getValue()))
            .collect(Collectors.joining(" and "));
  }

  private static String form(Matrix matrix) {
    return "[%d,%d]".formatted(matrix.rows(), matrix.columns());
  }

  /** The values that the task's tuner, if it has one, chooses for a model's predictions. */
  Map<String, Object> tuned(ToyModel model) {
    List<P> predictions = predictions(model);
    return task.tuner()
        .map(tuner -> Step.of("the tuner", () -> tuner.tune(examples, predictions)))
        .orElse(Map.of());
  }

  /** The metric's values for a model's predictions and losses. */
  Scores scores(ToyModel model) {
    return scores(predictions(model), Optional.of(model.losses()));
  }

  /** The metric's values for a model's predictions, of whose losses it is told nothing. */
  Scores scoresWithoutLosses(ToyModel model) {
    return scores(predictions(model), Optional.empty());
  }

  /** The metric's values for predictions that were written to a file and read again. */
  Scores scoresOfFile(ToyModel model) {
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
            () -> scoring().predictions().read(file, examples, (location, reason) -> {}));
    BrokenPromise.unless(
        read.size() == examples.size(),
        "the prediction reader gives %d predictions for %d examples; give one for each",
        read.size(),
        examples.size());
    return scores(read, Optional.empty());
  }

  private Scores scores(List<P> predictions, Optional<Map<String, Double>> losses) {
    return Step.of(
        "the metric" + (losses.isEmpty() ? ", not told of losses," : ""),
        () -> {
          Metric.Scorer<X, P> scorer = scoring().metric().scorer();
          for (int i = 0; i < examples.size(); i++) {
            scorer.add(examples.get(i), predictions.get(i));
          }
          losses.ifPresent(scorer::losses);
          return scorer.scores();
        });
  }

  private Scoring<X, P> scoring() {
    return task.scoring().orElseThrow();
  }

  /** The task's metric. */
  Metric<X, P> metric() {
    return scoring().metric();
  }
}
