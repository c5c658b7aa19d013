// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bertctl.core.TinyBert;
import dev.bertctl.core.TinyTask;
import dev.bertctl.core.config.AppConfig;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.data.DataFiles;
import dev.bertctl.core.data.Selection;
import dev.bertctl.core.data.Splits;
import dev.bertctl.core.graph.BertModel;
import dev.bertctl.core.graph.NewWeights;
import dev.bertctl.core.models.BertConfig;
import dev.bertctl.core.models.PretrainedModel;
import dev.bertctl.core.packing.BatchPlan;
import dev.bertctl.core.runtime.ComputeDevice;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.data.LabelledText;
import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.decode.Classification;
import dev.bertctl.spi.decode.Logits;
import dev.bertctl.spi.head.HeadGraph.Initializer;
import dev.bertctl.spi.packing.Feature;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A saved model and the logits that transformers computes with it. How both were made is told in
 * golden/saved-model/README.md.
 */
class SavedModelGoldenTest {

  /** Float32 round-off; what is promised of saved models. */
  private static final double TOLERANCE = 1e-4;

  private static final Path GOLDEN = golden();
  private static final Path PAIRS = GOLDEN.resolve("pairs.jsonl");
  private static final TinyTask PLUGIN = TinyTask.classifier();
  private static final List<String> LABELS = List.of("entailment", "neutral", "contradiction");

  @TempDir Path folder;

  @Test
  void logitsEqualTransformers() throws IOException {
    List<JsonNode> expected = TinyRun.read(GOLDEN.resolve("logits.jsonl"));
    List<Logits> actual = logits();
    assertEquals(100, expected.size());
    assertEquals(100, actual.size());
    TreeSet<Integer> highest = new TreeSet<>();
    for (int i = 0; i < 100; i++) {
      JsonNode logits = expected.get(i).get("logits");
      int best = 0;
      for (int label = 0; label < 3; label++) {
        assertEquals(
            logits.get(label).asDouble(), actual.get(i).at(0, label), TOLERANCE, "pair " + (i + 1));
        best = logits.get(label).asDouble() > logits.get(best).asDouble() ? label : best;
      }
      highest.add(best);
    }
    assertEquals(3, highest.size(), "each label is the highest somewhere");
  }

  /** So it is the present writer whose files transformers has loaded. */
  @Test
  void writingTheModelAgainGivesTheSameFiles() throws IOException {
    PretrainedModel golden = TinyRun.STORE.open(model().toString(), Path.of(""));
    SavedModel saved = SavedModel.open(model());
    TaskConfig<TinyTask.Options> config = saved.config(PLUGIN, List.of());
    try (BertModel model = build(golden.config())) {
      assertTrue(ModelWeights.load(model, golden, 0).initialized().isEmpty());
      SavedModel.write(folder, config, task().head(), golden.config(), model, base(golden));
    }
    assertEquals(names(model()), names(folder));
    for (String name : names(folder)) {
      if (name.endsWith(".safetensors")) {
        assertArrayEquals(
            Files.readAllBytes(model().resolve(name)), Files.readAllBytes(folder.resolve(name)));
      } else {
        assertEquals(
            Files.readAllLines(model().resolve(name)),
            Files.readAllLines(folder.resolve(name)),
            name);
      }
    }
  }

  /** Makes the model anew, in the folder that the property names. */
  @Test
  @EnabledIfSystemProperty(named = "golden.folder", matches = ".+")
  void makeTheModel() throws IOException {
    Path target = Files.createDirectories(Path.of(System.getProperty("golden.folder")));
    List<String> vocabulary = vocabulary();
    BertConfig architecture = TinyBert.config(vocabulary.size(), 32, 128, 0.1, 0.3);
    PretrainedModel tiny =
        TinyRun.STORE.open(TinyBert.write(folder, architecture, vocabulary).toString(), folder);
    NewWeights random = new NewWeights(7, 0.3);
    try (BertModel model = build(architecture)) {
      ModelWeights.load(model, tiny, 7);
      model
          .initializers()
          .keySet()
          .forEach(
              name ->
                  model
                      .values()
                      .assign(
                          name, random.draw(name, model.values().shape(name), Initializer.NORMAL)));
      SavedModel.write(target, configuration(), task().head(), architecture, model, base(tiny));
    }
  }

  private static List<Logits> logits() {
    SavedModel saved = SavedModel.open(model());
    TaskConfig<TinyTask.Options> config = saved.config(PLUGIN, List.of());
    try (LoadedTask<LabelledText, Classification> loaded =
        LoadedTask.open(saved, config, task(), TinyRun.STORE)) {
      var data =
          DataFiles.open(
              PAIRS,
              Optional.empty(),
              Optional.empty(),
              Map.of("first", "premise", "second", "hypothesis"));
      var split = Splits.read("pairs", data, task().reader(), Purpose.PREDICTION, Selection.ALL);
      List<Feature> features =
          loaded.setup().prepare(split, Purpose.PREDICTION).packed().features();
      BatchPlan plan = BatchPlan.evaluation(features, 16);
      Map<Integer, Logits> logits = new TreeMap<>();
      for (int i = 0; i < plan.size(); i++) {
        var batch = plan.batch(i, loaded.setup().tokenizer().padId());
        List<Logits> each = loaded.model().predict(batch);
        for (int j = 0; j < each.size(); j++) {
          logits.put(batch.indices()[j], each.get(j));
        }
      }
      return List.copyOf(logits.values());
    }
  }

  /** The words of the pairs that come twice, their letters, and some usual endings. */
  private static List<String> vocabulary() throws IOException {
    TreeMap<String, Integer> counts = new TreeMap<>();
    for (JsonNode pair : TinyRun.read(PAIRS)) {
      for (String field : List.of("premise", "hypothesis")) {
        for (String word : pair.get(field).asText().toLowerCase().split("[^a-z]+")) {
          counts.merge(word, 1, Integer::sum);
        }
      }
    }
    List<String> tokens = new ArrayList<>(TinyBert.VOCABULARY.subList(0, 5));
    tokens.addAll(List.of(".", ",", "'", "-", "##s", "##es", "##ed", "##er", "##ly", "##ing"));
    for (char letter = 'a'; letter <= 'z'; letter++) {
      tokens.add(String.valueOf(letter));
      tokens.add("##" + letter);
    }
    counts.forEach(
        (word, count) -> {
          if (word.length() > 1 && count > 1) {
            tokens.add(word);
          }
        });
    return tokens;
  }

  private static TaskConfig<TinyTask.Options> configuration() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("model", "tiny-bert");
    values.put("device", "cpu");
    values.put("labels", String.join(",", LABELS));
    values.put("data.columns.first", "premise");
    values.put("data.columns.second", "hypothesis");
    return AppConfig.of(values, "the test", PLUGIN, List.of());
  }

  private static BertModel build(BertConfig architecture) {
    return BertModel.create(
        "tiny", architecture, task().head(), BertModel.Mode.INFERENCE, ComputeDevice.CPU);
  }

  private static Task<LabelledText, Classification> task() {
    return TinyTask.classification(new Labels(LABELS));
  }

  /** The same model under a name that is the same on every machine. */
  private static PretrainedModel base(PretrainedModel model) {
    return new PretrainedModel("tiny-bert", model.directory(), model.config(), model.weights());
  }

  private static TreeSet<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .collect(java.util.stream.Collectors.toCollection(TreeSet::new));
    }
  }

  private static Path model() {
    return GOLDEN.resolve("model");
  }

  private static Path golden() {
    try {
      return Path.of(SavedModelGoldenTest.class.getResource("/golden/saved-model").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
