// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bertctl.core.runs.RunMode;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.graph.BertModel;
import dev.bertctl.runtime.graph.ModelWeights;
import dev.bertctl.runtime.huggingface.PretrainedModel;
import dev.bertctl.runtime.packing.Batch;
import dev.bertctl.runtime.tensorflow.ComputeDevice;
import dev.bertctl.runtime.tokenize.Tokenizer;
import dev.bertctl.runtime.tokenize.Tokenizers;
import dev.bertctl.runtime.weights.SafetensorsFile;
import dev.bertctl.runtime.weights.Weight;
import dev.bertctl.runtime.weights.WeightAccount;
import dev.bertctl.runtime.weights.WeightTensor;
import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.head.Head;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Sequence;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Language models, once trained, are saved as transformers saves and loads them. */
class SavedLanguageModelTest {

  private static final double TOLERANCE = 1e-5;

  @TempDir private static Path folder;

  private static Path pretrained;

  /** The tasks that are trained. */
  enum Trained {
    PRETRAIN("pretraining"),
    MASKED_LM("masked-lm"),
    NEXT_SENTENCE("next-sentence"),
    CAUSAL_LM("causal-lm");

    /** The golden files, a model that transformers saved among them. */
    private final String golden;

    Trained(String golden) {
      this.golden = golden;
    }

    String task() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Path savedByTransformers() {
      return LanguageModelGolden.ROOT.resolve("language-model").resolve(golden);
    }
  }

  /** A tiny encoder with a pooler, and each task trained on it for an epoch. */
  @BeforeAll
  static void train() throws IOException {
    pretrained = WordModel.write(folder.resolve("words"), LanguageModelRun.DATA);
    for (Trained trained : Trained.values()) {
      first(trained).run();
    }
  }

  private static LanguageModelRun first(Trained trained) {
    return new LanguageModelRun(trained.task(), folder.resolve("first")).set("model", pretrained);
  }

  private static Path saved(Trained trained) {
    return first(trained).model();
  }

  @ParameterizedTest
  @EnumSource
  void weightsAndArchitectureAreCalledAsInTransformers(Trained trained) {
    Set<String> names = names(saved(trained));
    assertEquals(names(trained.savedByTransformers()), names);
    assertTrue(names.stream().allMatch(name -> name.matches("(bert|cls)\\..+")), names::toString);
    assertTrue(names.stream().noneMatch(name -> name.contains(".decoder")), names::toString);
    JsonNode expected = config(trained.savedByTransformers());
    JsonNode config = config(saved(trained));
    assertEquals(expected.get("architectures"), config.get("architectures"));
    assertEquals(expected.path("is_decoder").asBoolean(), config.path("is_decoder").asBoolean());
    assertEquals(trained == Trained.CAUSAL_LM, config.path("is_decoder").asBoolean());
    assertTrue(config.path("tie_word_embeddings").asBoolean(true));
  }

  private static Set<String> names(Path model) {
    return new TreeSet<>(SafetensorsFile.open(model.resolve("model.safetensors")).names());
  }

  private static JsonNode config(Path model) {
    return LanguageModelRun.json(model.resolve("config.json")).get(0);
  }

  /** What the head has learned is in the file: a later stage begins nothing anew. */
  @ParameterizedTest
  @EnumSource
  void aSecondStageGoesOnWithTheHead(Trained trained) {
    WeightAccount weights = second(trained, trained);
    assertEquals(List.of(), weights.initialized());
    assertEquals(List.of(), weights.leftOver());
    assertEquals(names(saved(trained)).size(), weights.loaded().size());
  }

  @ParameterizedTest
  @EnumSource(names = {"MASKED_LM", "NEXT_SENTENCE"})
  void aPretrainedModelHasTheHeadsOfBothOfItsTasks(Trained next) {
    WeightAccount weights = second(Trained.PRETRAIN, next);
    assertEquals(List.of(), weights.initialized());
    Set<String> others = names(saved(Trained.PRETRAIN));
    others.removeAll(names(saved(next)));
    assertFalse(others.isEmpty());
    assertEquals(
        others.stream().map(name -> name.replace("bert.", "")).collect(Collectors.toSet()),
        Set.copyOf(weights.leftOver()));
  }

  /** A classifier's labels are none that a language model has. */
  @Test
  void aPretrainedModelIsTheBeginningOfAClassifier() throws IOException {
    Path pairs =
        Files.write(
            folder.resolve("pairs.csv"),
            List.of(
                "premise,hypothesis,label",
                "It rained.,It was wet.,entailment",
                "It rained.,It was dry.,contradiction",
                "It rained.,It was late.,neutral"));
    LanguageModelRun.Listener listener = new LanguageModelRun.Listener();
    LanguageModelRun classifier =
        new LanguageModelRun("nli", folder.resolve("classifier"))
            .set("model", saved(Trained.PRETRAIN))
            .set("data.train", pairs)
            .set("data.validation", pairs);
    classifier.run(RunMode.NEW, listener);
    WeightAccount weights = listener.opening().weights();
    assertEquals(List.of("classifier.weight", "classifier.bias"), weights.initialized());
    assertTrue(weights.loaded().contains("pooler.dense.weight"), weights::summary);

    // And back: a masked language model begins with a classifier's encoder.
    LanguageModelRun.Listener again = new LanguageModelRun.Listener();
    new LanguageModelRun("masked-lm", folder.resolve("after-classifier"))
        .set("model", classifier.model())
        .run(RunMode.NEW, again);
    assertTrue(again.opening().weights().leftOver().contains("classifier.weight"));
  }

  private static WeightAccount second(Trained begin, Trained next) {
    LanguageModelRun.Listener listener = new LanguageModelRun.Listener();
    new LanguageModelRun(next.task(), folder.resolve("second-of-" + begin.task()))
        .set("model", saved(begin))
        .run(RunMode.NEW, listener);
    return listener.opening().weights();
  }

  /** The head of a model that has none begins anew, and the user is told. */
  @Test
  void theFirstStageBeginsTheHead() {
    LanguageModelRun.Listener listener = new LanguageModelRun.Listener();
    new LanguageModelRun("masked-lm", folder.resolve("begun"))
        .set("model", pretrained)
        .run(RunMode.NEW, listener);
    assertEquals(
        names(saved(Trained.MASKED_LM)).stream()
            .filter(name -> name.startsWith("cls."))
            .collect(Collectors.toSet()),
        Set.copyOf(listener.opening().weights().initialized()));
  }

  @Test
  void aCausalModelIsNoBeginningForTokensThatSeeEachOther() {
    UserException e =
        assertThrows(UserException.class, () -> second(Trained.CAUSAL_LM, Trained.MASKED_LM));
    assertTrue(
        e.getMessage().contains("was trained as a causal language model (is_decoder)"),
        e.getMessage());
  }

  /**
   * The scores of the whole vocabulary, computed of the saved parameters as transformers does, are
   * those that the task's own outputs are made of.
   */
  @ParameterizedTest
  @EnumSource
  void theHeadsOutputsAreThoseOfTheSavedParameters(Trained trained) {
    AllLogits head = new AllLogits(BuiltInTasks.head(trained.task(), Map.of()));
    List<Feature> features = features(saved(trained));
    List<Map<String, Matrix>> outputs = outputs(trained, head, features);
    for (int row = 0; row < features.size(); row++) {
      Map<String, Matrix> output = outputs.get(row);
      int[] ids = features.get(row).sequence().ids();
      if (output.containsKey("top_ids")) {
        assertTopToken(output, features.get(row).positions());
      }
      if (trained == Trained.CAUSAL_LM) {
        Matrix logits = output.get(AllLogits.NAME);
        for (int token = 0; token + 1 < ids.length; token++) {
          assertEquals(
              Math.log(softmax(logits.row(token))[ids[token + 1]]),
              output.get("next_log_probabilities").at(token, 0),
              TOLERANCE);
        }
      }
    }
  }

  private static void assertTopToken(Map<String, Matrix> output, int... positions) {
    assertTrue(positions.length > 0);
    for (int i = 0; i < positions.length; i++) {
      double[] expected = softmax(output.get(AllLogits.NAME).row(positions[i]));
      int top = (int) output.get("top_ids").at(i, 0);
      assertEquals(Arrays.stream(expected).max().orElseThrow(), expected[top], TOLERANCE);
      assertEquals(expected[top], output.get("top_probabilities").at(i, 0), TOLERANCE);
    }
  }

  private static double[] softmax(float... logits) {
    double[] exponentials =
        IntStream.range(0, logits.length).mapToDouble(i -> Math.exp(logits[i])).toArray();
    double sum = Arrays.stream(exponentials).sum();
    return Arrays.stream(exponentials).map(x -> x / sum).toArray();
  }

  /**
   * Writes the models and what bertctl computes with them into the folder that the property names,
   * for the runtime's check_language_models.py.
   */
  @ParameterizedTest
  @EnumSource
  @EnabledIfSystemProperty(named = "golden.folder", matches = ".+")
  void writeForTransformers(Trained trained) throws IOException {
    Path target = Path.of(System.getProperty("golden.folder")).resolve(trained.task());
    Files.createDirectories(target);
    try (Stream<Path> files = Files.list(saved(trained))) {
      for (Path file : files.toList()) {
        Files.copy(file, target.resolve(file.getFileName()));
      }
    }
    AllLogits head = new AllLogits(BuiltInTasks.head(trained.task(), Map.of()));
    List<Feature> features = features(saved(trained));
    Batch batch = Batch.of(features, 0);
    List<Map<String, Matrix>> outputs = outputs(trained, head, features);
    List<Integer> tokens = List.of(batch.size(), batch.tokens());
    List<Weight> tensors = new ArrayList<>();
    // The file holds real numbers only; ids as large as a vocabulary are exact among them.
    tensors.add(tensor("input_ids", tokens, floats(batch.ids())));
    tensors.add(tensor("token_type_ids", tokens, floats(batch.segments())));
    tensors.add(tensor("attention_mask", tokens, floats(batch.mask())));
    if (head.areThere()) {
      int size = outputs.get(0).get(AllLogits.NAME).columns();
      FloatBuffer values = FloatBuffer.allocate(batch.ids().length * size);
      for (int row = 0; row < batch.size(); row++) {
        // The zeros after them are those of padding, which are not compared.
        values.put(row * batch.tokens() * size, outputs.get(row).get(AllLogits.NAME).values());
      }
      tensors.add(tensor("logits", List.of(batch.size(), batch.tokens(), size), values));
    }
    if (trained == Trained.PRETRAIN || trained == Trained.NEXT_SENTENCE) {
      String name = trained == Trained.PRETRAIN ? "next_sentence_logits" : "logits";
      FloatBuffer values = FloatBuffer.allocate(batch.size() * 2);
      outputs.forEach(output -> values.put(output.get(name).values()));
      tensors.add(tensor("seq_relationship_logits", List.of(batch.size(), 2), values.flip()));
    }
    SafetensorsFile.write(target.resolve("check.safetensors"), tensors);
  }

  private static WeightTensor tensor(String name, List<Integer> shape, FloatBuffer values) {
    return new WeightTensor(name, shape, values);
  }

  private static FloatBuffer floats(int... values) {
    FloatBuffer floats = FloatBuffer.allocate(values.length);
    Arrays.stream(values).forEach(floats::put);
    return floats.flip();
  }

  /** Loads the saved model, all of whose weights must be there, and predicts. */
  private static List<Map<String, Matrix>> outputs(
      Trained trained, Head head, List<Feature> features) {
    PretrainedModel files =
        LanguageModelRun.STORE.open(saved(trained).toAbsolutePath().toString(), Path.of(""));
    try (Tokenizer tokenizer = Tokenizers.open(files.directory());
        BertModel model =
            BertModel.create(
                trained.task(),
                files.config(),
                head,
                tokenizer.vocabulary(),
                Optional.empty(),
                ComputeDevice.CPU)) {
      WeightAccount weights = ModelWeights.load(model, head, files, 0);
      assertEquals(List.of(), weights.initialized());
      assertEquals(List.of(), weights.leftOver());
      return model.predict(Batch.of(features, 0));
    }
  }

  /** Pairs of random tokens of several lengths, two of which the head is asked for. */
  private static List<Feature> features(Path model) {
    try (Tokenizer tokenizer = Tokenizers.open(model)) {
      int size = tokenizer.vocabulary().size();
      assertFalse(size < 100, "the words of the data");
      Random random = new Random(5);
      return IntStream.of(9, 32, 5, 20)
          .mapToObj(
              length ->
                  Feature.of(
                          new Sequence(
                              random.ints(length, 0, size).toArray(),
                              IntStream.range(0, length).map(i -> i < length / 2 ? 0 : 1).toArray(),
                              List.of(),
                              List.of()))
                      .at(1, length - 2))
          .toList();
    }
  }
}
