// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.runtime.TinyBert;
import dev.bertctl.runtime.TinyModel;
import dev.bertctl.runtime.TinyTask;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.evaluation.Temperature;
import dev.bertctl.runtime.huggingface.ModelLoader;
import dev.bertctl.runtime.predict.Predictor;
import dev.bertctl.runtime.predict.PredictorOptions;
import dev.bertctl.runtime.registry.FoundTasks;
import dev.bertctl.runtime.registry.PluginRelease;
import dev.bertctl.runtime.registry.RegisteredTask;
import dev.bertctl.runtime.registry.TaskRegistry;
import dev.bertctl.runtime.tensorflow.ComputeDevice;
import dev.bertctl.runtime.tensorflow.Device;
import dev.bertctl.runtime.tokenize.TokenList;
import dev.bertctl.spi.decode.Classification;
import dev.bertctl.spi.head.ClassifierHead;
import dev.bertctl.spi.packing.Feature;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A classifier's predictions, explained as a program does it. */
class ExplainerTest {

  private static final Map<String, String> ROW =
      Map.of("first", "the red cat sees", "second", "a small bird");

  private static final ExplanationOptions ALL =
      ExplanationOptions.DEFAULT.withMethods(EnumSet.allOf(ExplanationMethod.class));

  @TempDir private static Path folder;

  private static Predictor<Classification> predictor;
  private static Explainer explainer;

  @BeforeAll
  static void open() {
    TinyTask plugin = TinyTask.classifier();
    Path model = TinyModel.write(folder.resolve("model"), plugin, Map.of("labels", "no,yes"), 1);
    RegisteredTask task = RegisteredTask.of(plugin, PluginRelease.of(plugin));
    predictor =
        Predictor.open(
            model,
            Classification.class,
            PredictorOptions.DEFAULT
                .withDevice(Device.of("cpu"))
                .withTasks(TaskRegistry.of(() -> new FoundTasks(List.of(task), List.of()))));
    explainer = Explainer.of(predictor);
  }

  @AfterAll
  static void close() {
    explainer.close();
    predictor.close();
  }

  private static List<Feature> features() {
    return predictor.prepare(ROW).features();
  }

  private static Explanation explained(ExplanationOptions options) {
    List<Explanation> explanations = explainer.explain(features(), options);
    assertEquals(1, explanations.size());
    return explanations.get(0);
  }

  private static Attribution by(ExplanationMethod method, Explanation explanation) {
    return explanation.attributions().stream()
        .filter(attribution -> attribution.method() == method)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whatIsPredictedIsExplained() {
    Classification prediction = predictor.predict(ROW);

    Explanation explanation = explained(ALL);

    assertEquals(prediction.fields().get("predicted"), explanation.explained().name());
    assertEquals(
        prediction.probabilities().get(prediction.label()), explanation.probability(), 1e-5);
    assertEquals(
        List.of("the", "red", "cat", "sees", "a", "small", "bird"),
        explanation.words().stream().map(Word::name).toList());
    assertEquals(List.of(0, 5, 9), explanation.special());
    assertEquals(4, explanation.attributions().size());
  }

  @Test
  void anotherClassIsExplainedWhereItIsAskedFor() {
    String other = explained(ALL).explained().name().equals("no") ? "yes" : "no";

    Explanation explanation = explained(ALL.withLabel(other));

    assertEquals(other, explanation.explained().name());
    assertTrue(explanation.probability() < 0.5);
  }

  /** Of two classes the probabilities are those that the predictor gives for what is masked. */
  @Test
  void leavingOneOutIsTheDifferenceOfTwoPredictions() {
    List<Double> scores =
        by(ExplanationMethod.LEAVE_ONE_OUT, explained(ALL.withLabel("no"))).words();
    List<Double> others =
        by(ExplanationMethod.LEAVE_ONE_OUT, explained(ALL.withLabel("yes"))).words();
    double whole = logOdds("the red cat sees", "a small bird");

    assertEquals(
        whole - logOdds("the [MASK] cat sees", "a small bird"),
        scores.get(1) - others.get(1),
        1e-4);
    assertEquals(
        whole - logOdds("the red cat sees", "a small [MASK]"), scores.get(6) - others.get(6), 1e-4);
    assertTrue(Math.abs(scores.get(1) - others.get(1)) > 1e-2, "too small to show anything");
  }

  private static double logOdds(String first, String second) {
    List<Double> probabilities =
        predictor.predict(Map.of("first", first, "second", second)).probabilities();
    return Math.log(probabilities.get(0) / probabilities.get(1));
  }

  @Test
  void theScoresOfIntegratedGradientsSumUpTheBetterTheMoreSteps() {
    double few = completeness(3).error();
    double many = completeness(50).error();

    assertTrue(few > 10 * many, few + " with 3 steps, " + many + " with 50");
    assertTrue(completeness(200).relativeError() < 1e-3, () -> completeness(200).toString());
    Explanation explanation = explained(ALL);
    assertEquals(
        explanation.score() - explanation.baselineScore(), completeness(50).difference(), 1e-6);
  }

  private static Completeness completeness(int steps) {
    return by(ExplanationMethod.INTEGRATED_GRADIENTS, explained(ALL.withSteps(steps)))
        .completeness()
        .orElseThrow();
  }

  /** They are the same in the baseline, but for the last bits of a batch's other places. */
  @Test
  void specialTokensHaveNoIntegratedGradients() {
    Explanation explanation = explained(ALL);
    List<Double> tokens = by(ExplanationMethod.INTEGRATED_GRADIENTS, explanation).tokens();

    explanation.special().forEach(position -> assertEquals(0, tokens.get(position), 1e-6));
  }

  @Test
  void aWordsScoreIsTheSumOfItsPieces() {
    Attribution attribution =
        Attribution.ofTokens(
            ExplanationMethod.GRADIENT_X_INPUT,
            List.of(
                new Word(0, 1, List.of("un", "##happy"), List.of(0, 2), List.of(2, 7)),
                new Word(0, 3, List.of("cat"), List.of(8), List.of(11))),
            List.of(9.0, 0.5, -0.2, 0.25, 9.0),
            java.util.Optional.empty());

    assertEquals(0.3, attribution.words().get(0), 1e-12);
    assertEquals(0.25, attribution.words().get(1));
  }

  @Test
  void anUnknownClassIsNamedWithThoseThatThereAre() {
    UserException problem = assertThrows(UserException.class, () -> explained(ALL.withLabel("ye")));

    assertEquals(
        "there is no 'ye' to explain (did you mean 'yes'?); give one of: no, yes",
        problem.getMessage());
  }

  @Test
  void aClassifierHasNoTagsOfWords() {
    UserException problem = assertThrows(UserException.class, () -> explained(ALL.withWord("cat")));

    assertEquals(
        "there is no tag of the word 'cat' to explain: the task gives words none",
        problem.getMessage());
  }

  @Test
  void withoutMaskNothingCanBeExplained() {
    Path model = predictor.saved().folder();
    List<String> tokens =
        TinyBert.VOCABULARY.stream().map(token -> token.equals("[MASK]") ? "mask" : token).toList();

    UserException problem =
        assertThrows(
            UserException.class,
            () ->
                Explainer.open(
                    "tiny",
                    new ClassifierHead(List.of("no", "yes")),
                    new TokenList(tokens),
                    ModelLoader.load("model", model),
                    Temperature.NONE,
                    ComputeDevice.CPU));

    assertEquals(
        "the model's vocabulary has no [MASK], which takes the place of words to find out what they do; explain a model whose vocabulary has it",
        problem.getMessage());
  }

  @Test
  void aModelWithoutTheHeadIsRefused() {
    Path encoder = predictor.saved().folder().resolveSibling("encoder");

    UserException problem =
        assertThrows(
            UserException.class,
            () ->
                Explainer.open(
                    "tiny",
                    new ClassifierHead(List.of("no", "yes")),
                    new TokenList(TinyBert.VOCABULARY),
                    ModelLoader.load("encoder", encoder),
                    Temperature.NONE,
                    ComputeDevice.CPU));

    assertEquals(
        "what encoder predicts for task 'tiny' cannot be explained: it lacks the weights classifier.weight, classifier.bias of the task's head; explain a model that has them",
        problem.getMessage());
  }

  @Test
  void probabilitiesAreCalibratedAsThePredictionsAre() {
    Path model = predictor.saved().folder();
    try (Explainer calibrated =
        Explainer.open(
            "tiny",
            new ClassifierHead(List.of("no", "yes")),
            new TokenList(TinyBert.VOCABULARY),
            ModelLoader.load("model", model),
            new Temperature(2),
            ComputeDevice.CPU)) {
      Explanation plain = explained(ExplanationOptions.DEFAULT.withLabel("yes"));
      Explanation other =
          calibrated.explain(features(), ExplanationOptions.DEFAULT.withLabel("yes")).get(0);

      assertEquals(plain.score(), other.score(), 1e-6);
      assertEquals(odds(plain) / 2, odds(other), 1e-4);
    }
  }

  private static double odds(Explanation explanation) {
    return Math.log(explanation.probability() / (1 - explanation.probability()));
  }

  @Test
  void faithfulnessIsTheFallOfTheProbability() {
    Explanation explanation = explained(ALL);
    Faithfulness faithfulness = new Faithfulness(explainer, 7);
    faithfulness.add(explanation);

    List<Faithfulness.Means> means = faithfulness.means();
    assertEquals(5, means.size());
    assertTrue(means.get(4).method().isEmpty(), "the random order comes last");
    ExplainedCase one = explainer.of(explanation.explained(), explanation.feature());
    List<Double> scores = by(ExplanationMethod.LEAVE_ONE_OUT, explanation).words();
    int strongest = scores.indexOf(scores.stream().max(Double::compare).orElseThrow());
    List<Word> first = List.of(explanation.words().get(strongest));
    List<Word> others = explanation.words().stream().filter(word -> !first.contains(word)).toList();
    // A tenth of seven words is one.
    Faithfulness.Means leaveOneOut = means.get(3);
    assertEquals(
        explanation.probability() - one.probabilities(List.of(one.masked(first))).get(0),
        leaveOneOut.comprehensiveness().get(0),
        1e-6);
    assertEquals(
        explanation.probability() - one.probabilities(List.of(one.masked(others))).get(0),
        leaveOneOut.sufficiency().get(0),
        1e-6);
  }

  @Test
  void optionsThatCannotBeAreRefused() {
    assertEquals(
        "steps is 0; give from 1 to 1000",
        assertThrows(IllegalArgumentException.class, () -> ALL.withSteps(0)).getMessage());
    assertEquals(
        "no method to explain by; give at least one",
        assertThrows(
                IllegalArgumentException.class,
                () -> ALL.withMethods(EnumSet.noneOf(ExplanationMethod.class)))
            .getMessage());
    assertEquals(
        "must be one of integrated-gradients, gradient-x-input, attention-rollout, leave-one-out, not 'lime'",
        assertThrows(IllegalArgumentException.class, () -> ExplanationMethod.of("lime"))
            .getMessage());
  }
}
