// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.runtime.TinyBert;
import dev.bertctl.runtime.TinyTask;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.graph.BertModel;
import dev.bertctl.runtime.graph.RandomModel;
import dev.bertctl.runtime.packing.BatchSize;
import dev.bertctl.runtime.packing.SequencePacker;
import dev.bertctl.runtime.packing.TruncationSummary;
import dev.bertctl.runtime.tokenize.Tokenizer;
import dev.bertctl.runtime.tokenize.Tokenizers;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.LabelledText;
import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.data.Location;
import dev.bertctl.spi.decode.Classification;
import dev.bertctl.spi.decode.ClassificationReader;
import dev.bertctl.spi.decode.FeatureOutput;
import dev.bertctl.spi.decode.ModelOutput;
import dev.bertctl.spi.metric.Detail;
import dev.bertctl.spi.metric.Metric;
import dev.bertctl.spi.metric.Scores;
import dev.bertctl.spi.packing.Draw;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.InputPacking;
import dev.bertctl.spi.packing.Packer;
import dev.bertctl.spi.packing.Target;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluatorTest {

  private static final Labels LABELS = new Labels(List.of("no", "yes"));

  private final Task<LabelledText, Classification> task = TinyTask.classification(LABELS);

  @TempDir Path folder;
  private Tokenizer tokenizer;
  private BertModel model;

  @BeforeEach
  void open() {
    TinyBert.write(folder, 0);
    tokenizer = Tokenizers.open(folder);
    model = RandomModel.of(task.head(), Optional.empty());
  }

  @AfterEach
  void close() {
    model.close();
    tokenizer.close();
  }

  @Test
  void predictionsStandInTheDatasOrderWhateverTheBatches() throws InterruptedException {
    List<LabelledText> examples =
        examples("the cat sees a big old tree", "dog", "a boat is on the river", "red bird", "cat");
    List<Long> progress = new ArrayList<>();
    List<LabelledText> seen = new ArrayList<>();
    List<Classification> together = new ArrayList<>();
    evaluator(task, 2)
        .predict(
            examples.iterator(),
            TruncationSummary.EMPTY,
            (example, prediction) -> {
              seen.add(example);
              together.add(prediction);
            },
            cut -> progress.add((long) cut.examples()));
    assertEquals(List.of(2L, 5L), progress);
    assertEquals(examples, seen);
    for (int i = 0; i < 5; i++) {
      List<Classification> alone = new ArrayList<>();
      evaluator(task, 2)
          .predict(
              List.of(examples.get(i)).iterator(),
              TruncationSummary.EMPTY,
              (example, prediction) -> alone.add(prediction),
              cut -> {});
      assertEquals(
          alone.get(0).probabilities().get(0), together.get(i).probabilities().get(0), 1e-5);
    }
  }

  /** Chunks grow with the batches: in the last case all examples are in the first one. */
  @Test
  void evaluationDoesNotDependOnTheChunks() throws InterruptedException {
    List<LabelledText> examples = randomExamples(60);
    List<Classification> expected = new ArrayList<>();
    Evaluation first = evaluate(task, 1, examples, expected);
    for (int batchSize : List.of(3, 16, 64)) {
      List<Classification> predictions = new ArrayList<>();
      Evaluation evaluation = evaluate(task, batchSize, examples, predictions);
      assertEquals(60, evaluation.examples());
      assertEquals(first.losses().total(), evaluation.losses().total(), 1e-5);
      assertEquals(exact(first.scores()), exact(evaluation.scores()));
      assertEquals(calibrationError(first.scores()), calibrationError(evaluation.scores()), 1e-5);
      for (int i = 0; i < 60; i++) {
        assertEquals(
            expected.get(i).probabilities().get(1),
            predictions.get(i).probabilities().get(1),
            1e-5);
      }
    }
  }

  /** A feature is drawn the same in whatever chunk it comes. */
  @Test
  void drawnFeaturesDoNotDependOnTheChunks() throws InterruptedException {
    List<LabelledText> examples = randomExamples(40);
    Map<Integer, List<String>> drawn =
        Stream.of(1, 4, 64)
            .collect(Collectors.toMap(size -> size, size -> drawn(examples, size, 1)));
    assertEquals(drawn.get(64), drawn.get(1));
    assertEquals(drawn.get(64), drawn.get(4));
    assertNotEquals(drawn.get(64), drawn(examples, 64, 2));
    assertTrue(new HashSet<>(drawn.get(64)).size() > 35, drawn.get(64).toString());
  }

  /** The tokens that the model sees of each example, when its first is replaced by a random one. */
  private List<String> drawn(List<LabelledText> examples, int batchSize, long seed) {
    List<String> seen = new ArrayList<>();
    Task<LabelledText, Classification> random =
        Task.of(
                task.reader(),
                new RandomPacking(task.packing()),
                task.head(),
                (LabelledText example, ModelOutput output) -> {
                  seen.add(Arrays.toString(output.feature().feature().sequence().ids()));
                  return Classification.of(LABELS, output.logits());
                })
            .scoredBy(task.scoring().orElseThrow().metric(), new ClassificationReader(LABELS));
    try {
      evaluator(random, batchSize)
          .evaluate(examples.iterator(), seed, PredictionSink.none(), Progress.NONE);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return seen;
  }

  private record RandomPacking(InputPacking<LabelledText> packing)
      implements InputPacking<LabelledText> {

    @Override
    public List<Feature> pack(LabelledText example, Packer packer) {
      return packing.pack(example, packer);
    }

    @Override
    public Feature draw(Feature packed, Draw draw) {
      int[] ids = packed.sequence().ids().clone();
      ids[1] = 5 + draw.random().nextInt(1_000_000) % TinyBert.WORDS.size();
      return Feature.of(packed.sequence().withIds(ids), packed.target());
    }
  }

  /** A feature a word: each has the outputs that it has alone. */
  @Test
  void featuresOfAnExampleStayTogether() throws InterruptedException {
    InputPacking<LabelledText> words =
        (example, packer) ->
            Stream.of(example.first().split(" "))
                .map(
                    word ->
                        Feature.of(
                            packer.single(packer.tokenize(word)),
                            Target.of(example.label().orElseThrow())))
                .toList();
    List<List<FeatureOutput>> seen = new ArrayList<>();
    Task<LabelledText, Classification> perWord =
        Task.of(
            task.reader(),
            words,
            task.head(),
            (LabelledText example, ModelOutput output) -> {
              seen.add(output.features());
              return Classification.of(LABELS, output.features().get(0).logits());
            });
    evaluator(perWord, 2)
        .predict(
            examples("the cat", "dog", "a red boat", "cat").iterator(),
            TruncationSummary.EMPTY,
            PredictionSink.none(),
            cut -> {});
    assertEquals(List.of(2, 1, 3, 1), seen.stream().map(List::size).toList());
    FeatureOutput cat = seen.get(0).get(1);
    assertEquals(TinyBert.VOCABULARY.indexOf("cat"), cat.feature().sequence().ids()[1]);
    assertEquals(cat.logits().at(0, 0), seen.get(3).get(0).logits().at(0, 0), 1e-5);
    assertNotEquals(cat.logits().at(0, 0), seen.get(0).get(0).logits().at(0, 0), 1e-3f);
  }

  @Test
  void lossIsTheMeanOverAllExamples() throws InterruptedException {
    List<Classification> predictions = new ArrayList<>();
    Evaluation evaluation =
        evaluate(task, 2, examples("the cat sees a tree", "dog", "a boat"), predictions);
    double expected =
        predictions.stream()
            .mapToDouble(prediction -> -Math.log(prediction.probabilities().get(1)))
            .average()
            .orElseThrow();
    assertTrue(expected > 0.1);
    assertEquals(expected, evaluation.losses().total(), 1e-5);
    assertEquals(Map.of("loss", evaluation.losses().total()), evaluation.losses().means());
    assertEquals(3, evaluation.examples());
    assertEquals(Map.of(), evaluation.tuned());
  }

  @Test
  void scorersGetTheLosses() throws InterruptedException {
    Task<LabelledText, Classification> perplexed =
        task.scoredBy(new Perplexity(), new ClassificationReader(LABELS));
    Evaluation evaluation = evaluate(perplexed, 2, examples("dog", "a boat"), new ArrayList<>());
    assertEquals(
        Math.exp(evaluation.losses().total()), evaluation.scores().values().get("perplexity"));
    assertEquals(2, evaluation.scores().values().get("examples"));
  }

  private record Perplexity() implements Metric<LabelledText, Classification> {

    @Override
    public String primary() {
      return "perplexity";
    }

    @Override
    public Scorer<LabelledText, Classification> scorer() {
      return new Count();
    }

    private static final class Count implements Scorer<LabelledText, Classification> {

      private int examples;
      private double perplexity;

      @Override
      public void add(LabelledText example, Classification prediction) {
        examples++;
      }

      @Override
      public void losses(Map<String, Double> means) {
        perplexity = Math.exp(means.get("loss"));
      }

      @Override
      public Scores scores() {
        return Scores.of(Map.of("perplexity", perplexity, "examples", (double) examples));
      }
    }
  }

  @Test
  void tunedOptionsDecodeAgain() throws InterruptedException {
    List<LabelledText> examples = examples("the cat sees a tree", "dog", "a boat", "red bird");
    List<LabelledText> tunedOn = new ArrayList<>();
    List<Classification> untuned = new ArrayList<>();
    Task<LabelledText, Classification> tunable =
        task.tunedBy(
            (some, predictions) -> {
              tunedOn.addAll(some);
              untuned.addAll(predictions);
              return Map.of("always", "no");
            });
    List<Classification> predictions = new ArrayList<>();
    Evaluation evaluation =
        evaluator(tunable, 1)
            .tune(
                examples.iterator(),
                0,
                options -> always(options.get("always").toString()),
                (example, prediction) -> predictions.add(prediction),
                Progress.NONE);
    assertEquals(examples, tunedOn);
    List<Classification> expected = new ArrayList<>();
    Evaluation plain = evaluate(task, 1, examples, expected);
    assertEquals(expected, untuned);
    assertEquals(Map.of("always", "no"), evaluation.tuned());
    assertEquals(List.of(0, 0, 0, 0), predictions.stream().map(Classification::label).toList());
    assertEquals(0, evaluation.scores().values().get("accuracy"));
    assertEquals(plain.losses(), evaluation.losses());
    assertEquals(4, evaluation.examples());
  }

  private Task<LabelledText, Classification> always(String label) {
    return Task.of(
            task.reader(),
            task.packing(),
            task.head(),
            (LabelledText example, ModelOutput output) ->
                new Classification(LABELS, LABELS.names().indexOf(label), List.of()))
        .scoredBy(task.scoring().orElseThrow().metric(), new ClassificationReader(LABELS));
  }

  @Test
  void decodersKnowTheModel() throws InterruptedException {
    Task<LabelledText, Classification> curious =
        Task.of(
            task.reader(),
            task.packing(),
            task.head(),
            (LabelledText example, ModelOutput output) -> {
              assertEquals(16, output.model().hiddenSize());
              assertEquals(32, output.model().maxTokens());
              assertEquals("[MASK]", output.vocabulary().token(4));
              assertEquals(Target.NONE, output.feature().feature().target());
              return Classification.of(LABELS, output.logits());
            });
    List<Classification> predictions = new ArrayList<>();
    evaluator(curious, 2)
        .predict(
            List.of(unlabelled("dog")).iterator(),
            TruncationSummary.EMPTY,
            (example, prediction) -> predictions.add(prediction),
            cut -> {});
    assertEquals(1, predictions.size());
    UserException e =
        assertThrows(
            UserException.class, () -> evaluate(curious, 2, examples("dog"), new ArrayList<>()));
    assertEquals("the task has no metric: it is applied, not evaluated", e.getMessage());
  }

  @Test
  void evaluationNeedsGoldLabels() {
    List<LabelledText> examples = new ArrayList<>(examples("dog", "cat"));
    examples.add(unlabelled("a boat"));
    DataException e =
        assertThrows(DataException.class, () -> evaluate(task, 2, examples, new ArrayList<>()));
    assertEquals("dev.csv:9: has no gold label; training and evaluation need one", e.getMessage());
  }

  @Test
  void nothingToPredict() throws InterruptedException {
    List<Long> progress = new ArrayList<>();
    evaluator(task, 2)
        .predict(
            List.<LabelledText>of().iterator(),
            TruncationSummary.EMPTY,
            PredictionSink.none(),
            cut -> progress.add((long) cut.examples()));
    assertEquals(List.of(), progress);
  }

  @Test
  void outputsThatAreNotFiniteAreRefused() {
    model.values().assign("classifier.bias", FloatBuffer.wrap(new float[] {Float.NaN, Float.NaN}));
    String message =
        ": the model's outputs for this example are not finite (NaN): its weights are broken; fine-tune"
            + " again with a lower train.learning-rate, or use another model";
    UserException e =
        assertThrows(
            UserException.class,
            () -> evaluate(task, 2, examples("dog", "the cat"), new ArrayList<>()));
    // The longest example is the first to be computed.
    assertEquals("dev.csv:3" + message, e.getMessage());
    e =
        assertThrows(
            UserException.class,
            () ->
                evaluator(task, 1)
                    .predict(
                        examples("dog").iterator(),
                        TruncationSummary.EMPTY,
                        PredictionSink.none(),
                        cut -> {}));
    assertEquals("dev.csv:2" + message, e.getMessage());
  }

  private Evaluator<LabelledText, Classification> evaluator(
      Task<LabelledText, Classification> variant, int batchSize) {
    return new Evaluator<>(
        variant,
        model,
        new SequencePacker(tokenizer, 16, 2),
        BatchSize.ofSequences(batchSize),
        Temperature.NONE);
  }

  private Evaluation evaluate(
      Task<LabelledText, Classification> variant,
      int batchSize,
      List<LabelledText> examples,
      List<Classification> predictions)
      throws InterruptedException {
    return evaluator(variant, batchSize)
        .evaluate(
            examples.iterator(),
            0,
            (example, prediction) -> predictions.add(prediction),
            Progress.NONE);
  }

  /** Texts whose label is yes. */
  private static List<LabelledText> examples(String... texts) {
    return IntStream.range(0, texts.length)
        .mapToObj(i -> example(i + 2, texts[i], OptionalInt.of(1)))
        .toList();
  }

  private static LabelledText unlabelled(String text) {
    return example(9, text, OptionalInt.empty());
  }

  private static LabelledText example(int line, String text, OptionalInt label) {
    return new LabelledText(new Location("dev.csv", line), Map.of(), text, Optional.empty(), label);
  }

  private static List<LabelledText> randomExamples(int count) {
    Random random = new Random(2);
    return IntStream.range(0, count)
        .mapToObj(i -> example(i + 2, words(random), OptionalInt.of(random.nextInt(2))))
        .toList();
  }

  private static String words(Random random) {
    return random
        .ints(2 + random.nextInt(10), 0, TinyBert.WORDS.size())
        .mapToObj(TinyBert.WORDS::get)
        .collect(Collectors.joining(" "));
  }

  /** What counts of predictions give, whatever the last digits of their probabilities are. */
  private static Scores exact(Scores scores) {
    return new Scores(
        scores.values(),
        scores.details().stream()
            .filter(detail -> !detail.name().equals(CalibrationError.NAME))
            .toList());
  }

  private static double calibrationError(Scores scores) {
    return ((Detail.Value) scores.detail(CalibrationError.NAME).orElseThrow())
        .value()
        .doubleValue();
  }
}
