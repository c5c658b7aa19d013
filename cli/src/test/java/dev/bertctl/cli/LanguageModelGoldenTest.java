// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.runtime.graph.BertModel;
import dev.bertctl.runtime.graph.TrainingSpec;
import dev.bertctl.runtime.inference.LossSum;
import dev.bertctl.runtime.packing.Batch;
import dev.bertctl.spi.OptionException;
import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.packing.Feature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The heads of the language models compute what transformers computes with the same weights. */
class LanguageModelGoldenTest {

  private static final double TOLERANCE = 1e-4;

  /** What gradients are compared relative to, where a tensor has none that is larger. */
  private static final float SMALL_GRADIENT = 1e-2f;

  /** The tasks that are trained. */
  enum Trained {
    PRETRAIN("pretraining", Map.of("masked_lm", "loss.mlm", "next_sentence", "loss.nsp")),
    MASKED_LM("masked-lm", Map.of("masked_lm", "loss")),
    NEXT_SENTENCE("next-sentence", Map.of("next_sentence", "loss")),
    CAUSAL_LM("causal-lm", Map.of("causal_lm", "loss"));

    private final String folder;

    /** The reference's losses by the head's. */
    private final Map<String, String> losses;

    Trained(String folder, Map<String, String> losses) {
      this.folder = folder;
      this.losses = losses;
    }

    LanguageModelGolden golden() {
      return LanguageModelGolden.of("language-model/" + folder);
    }

    Head head() {
      return BuiltInTasks.head(name().toLowerCase(Locale.ROOT).replace('_', '-'), Map.of());
    }
  }

  @ParameterizedTest
  @EnumSource
  void lossesEqualTransformers(Trained task) {
    LanguageModelGolden golden = task.golden();
    Head head = task.head();
    try (BertModel model = golden.build(head, Optional.empty())) {
      Map<String, LossSum> losses = model.evaluate(golden.batch(head)).losses();
      assertEquals(task.losses.keySet(), losses.keySet());
      double sum = 0;
      for (Map.Entry<String, String> loss : task.losses.entrySet()) {
        double expected = golden.floats(loss.getValue())[0];
        double mean = losses.get(loss.getKey()).mean();
        assertEquals(expected, mean, TOLERANCE * expected, loss.getKey());
        sum += mean * losses.get(loss.getKey()).factor();
      }
      double expected = golden.floats("loss")[0];
      assertEquals(expected, sum, TOLERANCE * expected);
    }
  }

  @ParameterizedTest
  @EnumSource
  void gradientsEqualTransformers(Trained task) {
    LanguageModelGolden golden = task.golden();
    Head head = task.head();
    try (BertModel model = golden.build(head, Optional.of(TrainingSpec.DEFAULT))) {
      Map<String, float[]> gradients = new TreeMap<>();
      model
          .gradients(golden.batch(head), 1)
          .forEach(
              (name, values) ->
                  gradients.put("grad." + (name.startsWith("cls.") ? "" : "bert.") + name, values));
      assertEquals(
          golden.expected().names().stream()
              .filter(name -> name.startsWith("grad."))
              .collect(Collectors.toCollection(TreeSet::new)),
          gradients.keySet());
      gradients.forEach(
          (name, values) -> {
            float[] expected = golden.floats(name);
            double largest =
                IntStream.range(0, expected.length)
                    .mapToDouble(i -> Math.abs(expected[i]))
                    .max()
                    .orElseThrow();
            assertClose(expected, values, TOLERANCE * Math.max(largest, SMALL_GRADIENT), name);
          });
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"PRETRAIN", "MASKED_LM"})
  void theLikeliestTokenIsTransformers(Trained task) {
    assertTopTokens(task.golden(), task.head(), 1);
  }

  @Test
  void theLikeliestFiveTokensAreTransformers() {
    LanguageModelGolden golden = Trained.MASKED_LM.golden();
    assertTopTokens(golden, BuiltInTasks.head("fill-mask", Map.of()), 5);
    assertTopTokens(golden, BuiltInTasks.head("fill-mask", Map.of("top-k", "100")), 60);
  }

  private static void assertTopTokens(LanguageModelGolden golden, Head head, int tokens) {
    List<Feature> features = golden.features(head);
    try (BertModel model = golden.build(head, Optional.empty())) {
      List<Map<String, Matrix>> outputs = model.predict(Batch.of(features, 0));
      for (int row = 0; row < features.size(); row++) {
        int[] positions = features.get(row).positions();
        Matrix ids = outputs.get(row).get("top_ids");
        Matrix probabilities = outputs.get(row).get("top_probabilities");
        assertEquals(positions.length, ids.rows());
        assertEquals(tokens, ids.columns());
        for (int i = 0; i < positions.length; i++) {
          double[] expected = softmax(golden.row("logits", row, positions[i]));
          List<Integer> order = likeliestFirst(expected).limit(tokens).toList();
          assertEquals(order, integers(ids.row(i)), "row %d, mask %d".formatted(row, i));
          for (int k = 0; k < tokens; k++) {
            assertEquals(expected[order.get(k)], probabilities.at(i, k), TOLERANCE);
          }
        }
      }
    }
  }

  /** Their probabilities are those among all tokens. */
  @Test
  void candidatesKeepTheirProbabilities() {
    LanguageModelGolden golden = Trained.MASKED_LM.golden();
    Head head =
        BuiltInTasks.head("fill-mask", Map.of("candidates", "token7,token9,token30", "top-k", "2"));
    List<Feature> features = golden.features(head);
    try (BertModel model = golden.build(head, Optional.empty())) {
      Map<String, Matrix> outputs = model.predict(Batch.of(features, 0)).get(0);
      double[] expected = softmax(golden.row("logits", 0, features.get(0).positions()[0]));
      List<Integer> order =
          likeliestFirst(expected).filter(List.of(7, 9, 30)::contains).limit(2).toList();
      assertEquals(order, integers(outputs.get("top_ids").row(0)));
      for (int k = 0; k < 2; k++) {
        assertEquals(expected[order.get(k)], outputs.get("top_probabilities").at(0, k), TOLERANCE);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"PRETRAIN, next_sentence_logits", "NEXT_SENTENCE, logits"})
  void nextSentenceLogitsEqualTransformers(Trained task, String output) {
    LanguageModelGolden golden = task.golden();
    Head head = task.head();
    try (BertModel model = golden.build(head, Optional.empty())) {
      List<Map<String, Matrix>> outputs = model.predict(golden.batch(head));
      for (int row = 0; row < outputs.size(); row++) {
        assertClose(
            golden.row("seq_relationship_logits", row),
            outputs.get(row).get(output).values(),
            TOLERANCE,
            "row " + row);
      }
    }
  }

  @Test
  void logProbabilitiesOfTheNextTokensEqualTransformers() {
    LanguageModelGolden golden = Trained.CAUSAL_LM.golden();
    Head head = Trained.CAUSAL_LM.head();
    List<Feature> features = golden.features(head);
    try (BertModel model = golden.build(head, Optional.empty())) {
      List<Map<String, Matrix>> outputs = model.predict(Batch.of(features, 0));
      for (int row = 0; row < features.size(); row++) {
        int[] ids = features.get(row).sequence().ids();
        Matrix next = outputs.get(row).get("next_log_probabilities");
        assertEquals(ids.length, next.rows());
        for (int token = 0; token + 1 < ids.length; token++) {
          double expected = Math.log(softmax(golden.row("logits", row, token))[ids[token + 1]]);
          assertEquals(expected, next.at(token, 0), TOLERANCE, "row %d".formatted(row));
        }
      }
    }
  }

  /**
   * Options of the task {@code embeddings}.
   *
   * @param first of the layers whose mean is taken
   * @param last of them
   */
  record Embedded(String pooling, int layer, int layers, boolean normalize, int first, int last) {

    Head head() {
      return BuiltInTasks.head(
          "embeddings",
          Map.of(
              "pooling", pooling,
              "layer", Integer.toString(layer),
              "layers", Integer.toString(layers),
              "normalize", Boolean.toString(normalize)));
    }
  }

  /** Each pooling of several layers, of the three hidden states of a model of two layers. */
  static Stream<Embedded> embedded() {
    return Stream.of("cls", "mean", "max", "token")
        .flatMap(
            pooling ->
                Stream.of(true, false)
                    .flatMap(
                        normalize ->
                            Stream.of(
                                new Embedded(pooling, -1, 1, normalize, 2, 2),
                                new Embedded(pooling, 2, 1, normalize, 2, 2),
                                new Embedded(pooling, -2, 1, normalize, 1, 1),
                                new Embedded(pooling, 0, 1, normalize, 0, 0),
                                new Embedded(pooling, -1, 2, normalize, 1, 2),
                                new Embedded(pooling, -1, 3, normalize, 0, 2))));
  }

  @ParameterizedTest
  @MethodSource("embedded")
  void embeddingsAreTransformersHiddenStatesPooled(Embedded options) {
    LanguageModelGolden golden = LanguageModelGolden.of("hidden-states");
    Head head = options.head();
    List<Feature> features = golden.features(head);
    try (BertModel model = golden.build(head, Optional.empty())) {
      List<Map<String, Matrix>> outputs = model.predict(Batch.of(features, 0));
      for (int row = 0; row < features.size(); row++) {
        List<double[]> tokens = new ArrayList<>();
        for (int token = 0; token < features.get(row).sequence().length(); token++) {
          tokens.add(hidden(golden, options, row, token));
        }
        List<double[]> expected = pooled(options.pooling(), tokens);
        Matrix embedding = outputs.get(row).get("embedding");
        assertEquals(expected.size(), embedding.rows());
        for (int i = 0; i < expected.size(); i++) {
          double length = options.normalize() ? length(expected.get(i)) : 1;
          assertEquals(expected.get(i).length, embedding.columns());
          for (int j = 0; j < embedding.columns(); j++) {
            assertEquals(expected.get(i)[j] / length, embedding.at(i, j), TOLERANCE);
          }
        }
      }
    }
  }

  /** The mean of a token's hidden states. */
  private static double[] hidden(LanguageModelGolden golden, Embedded options, int row, int token) {
    int layers = options.last() - options.first() + 1;
    return IntStream.rangeClosed(options.first(), options.last())
        .mapToObj(layer -> doubles(golden.row("hidden_states." + layer, row, token)))
        .map(state -> Arrays.stream(state).map(x -> x / layers).toArray())
        .reduce(LanguageModelGoldenTest::sum)
        .orElseThrow();
  }

  private static List<double[]> pooled(String pooling, List<double[]> tokens) {
    return switch (pooling) {
      case "cls" -> tokens.subList(0, 1);
      case "mean" ->
          List.of(
              Arrays.stream(tokens.stream().reduce(LanguageModelGoldenTest::sum).orElseThrow())
                  .map(x -> x / tokens.size())
                  .toArray());
      case "max" ->
          List.of(
              IntStream.range(0, tokens.get(0).length)
                  .mapToDouble(
                      i -> tokens.stream().mapToDouble(token -> token[i]).max().orElseThrow())
                  .toArray());
      default -> tokens;
    };
  }

  private static double[] sum(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] + b[i]).toArray();
  }

  private static double length(double... vector) {
    return Math.sqrt(Arrays.stream(vector).map(x -> x * x).sum());
  }

  @ParameterizedTest
  @ValueSource(ints = {3, -4})
  void aLayerThatTheModelDoesNotHaveIsRefused(int layer) {
    LanguageModelGolden golden = LanguageModelGolden.of("hidden-states");
    Head head = BuiltInTasks.head("embeddings", Map.of("layer", Integer.toString(layer)));
    OptionException e =
        assertThrows(OptionException.class, () -> golden.build(head, Optional.empty()).close());
    assertEquals("layer", e.option());
  }

  private static Stream<Integer> likeliestFirst(double... probabilities) {
    return IntStream.range(0, probabilities.length)
        .boxed()
        .sorted((a, b) -> Double.compare(probabilities[b], probabilities[a]));
  }

  private static double[] softmax(float... logits) {
    double[] values = doubles(logits);
    double max = Arrays.stream(values).max().orElseThrow();
    double sum = Arrays.stream(values).map(x -> Math.exp(x - max)).sum();
    return Arrays.stream(values).map(x -> Math.exp(x - max) / sum).toArray();
  }

  private static double[] doubles(float... values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }

  private static List<Integer> integers(float... values) {
    return IntStream.range(0, values.length).mapToObj(i -> (int) values[i]).toList();
  }

  private static void assertClose(
      float[] expected, float[] actual, double tolerance, String message) {
    assertEquals(expected.length, actual.length, message);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], tolerance, message);
    }
  }
}
