// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.content.Encoding;
import dev.bertctl.core.content.Quotes;
import dev.bertctl.core.data.DataFiles;
import dev.bertctl.core.data.FileSettings;
import dev.bertctl.core.data.Selection;
import dev.bertctl.core.data.Split;
import dev.bertctl.core.data.SplitReading;
import dev.bertctl.runtime.TinyBert;
import dev.bertctl.runtime.TinyTask;
import dev.bertctl.runtime.graph.BertModel;
import dev.bertctl.runtime.json.JsonFile;
import dev.bertctl.runtime.packing.Batch;
import dev.bertctl.runtime.packing.TruncationSummary;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.DataFile;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.data.LabelledText;
import dev.bertctl.spi.data.Labels;
import dev.bertctl.spi.decode.Matrix;
import dev.bertctl.spi.decode.ModelOutput;
import dev.bertctl.spi.decode.Prediction;
import dev.bertctl.spi.head.ChoiceHead;
import dev.bertctl.spi.head.ClassifierHead;
import dev.bertctl.spi.head.HeadOutput;
import dev.bertctl.spi.head.MultiLabelHead;
import dev.bertctl.spi.head.RegressionHead;
import dev.bertctl.spi.head.SpanHead;
import dev.bertctl.spi.head.TaggerHead;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.TextPacking;
import dev.bertctl.spi.packing.Truncation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Saved models and the logits that transformers computes with them. How both were made is told in
 * golden/saved-model/README.md.
 */
class FineTunedModelGoldenTest {

  /** Float32 round-off; what is promised of saved models. */
  private static final double TOLERANCE = 1e-4;

  private static final List<String> LABELS = List.of("entailment", "neutral", "contradiction");
  private static final GoldenFineTunedModel CLASSIFIER =
      new GoldenFineTunedModel("classifier", new ClassifierHead(LABELS));
  private static final Path PAIRS = CLASSIFIER.folder().resolve("pairs.jsonl");

  @TempDir Path folder;

  static Stream<GoldenFineTunedModel> models() {
    return Stream.concat(Stream.of(CLASSIFIER), otherHeads());
  }

  static Stream<GoldenFineTunedModel> otherHeads() {
    return Stream.of(
        new GoldenFineTunedModel("tagger", new TaggerHead(List.of("O", "B-PER", "I-PER"))),
        new GoldenFineTunedModel("span", new SpanHead()),
        new GoldenFineTunedModel("choice", new ChoiceHead()),
        new GoldenFineTunedModel("regression", new RegressionHead()),
        new GoldenFineTunedModel("numbers", new RegressionHead(List.of("valence", "arousal"))),
        new GoldenFineTunedModel(
            "multi-label", new MultiLabelHead(List.of("joy", "anger", "fear"))));
  }

  /** From the text on, so that the tokenizer takes part. */
  @Test
  void logitsOfPairsEqualTransformers() throws InterruptedException {
    FineTunedModel saved = FineTunedModel.open(CLASSIFIER.model());
    TaskConfig<TinyTask.Options> config = saved.config(TinyTask.classifier(), List.of());
    Task<LabelledText, Noted> task =
        Task.of(
            TinyTask.reader(new Labels(LABELS)),
            new TextPacking(Truncation.LONGEST_FIRST),
            new ClassifierHead(LABELS),
            (LabelledText example, ModelOutput output) -> new Noted(output.logits()));
    DataFile pairs =
        DataFiles.open(
            List.of(PAIRS),
            Optional.empty(),
            Optional.empty(),
            new FileSettings(
                Encoding.UTF_8,
                Quotes.AUTO,
                List.of(),
                Map.of("first", "premise", "second", "hypothesis"),
                Map.of()));
    List<Matrix> logits = new ArrayList<>();
    try (LoadedTask<LabelledText, Noted> loaded =
            new LoadedTask<>(config, task, saved.files(TinyRun.STORE), saved.temperature());
        SplitReading<LabelledText> reading =
            new Split<>("pairs", pairs, task.reader(), Purpose.PREDICTION, Selection.ALL).open()) {
      loaded
          .evaluator()
          .predict(
              reading,
              TruncationSummary.EMPTY,
              (example, noted) -> logits.add(noted.logits()),
              cut -> {});
    }
    assertEquals(100, logits.size());
    assertClose(CLASSIFIER.expected(), logits);
    TreeSet<Integer> highest = new TreeSet<>();
    for (JsonNode line : CLASSIFIER.expected()) {
      double[] row = flat(line.get("logits"));
      highest.add(row[0] > row[1] && row[0] > row[2] ? 0 : row[1] > row[2] ? 1 : 2);
    }
    assertEquals(3, highest.size(), "each label is the highest somewhere");
  }

  @ParameterizedTest
  @MethodSource("otherHeads")
  void logitsOfTokenIdsEqualTransformers(GoldenFineTunedModel golden) {
    try (BertModel model = golden.open()) {
      assertClose(golden.expected(), predict(model, golden.features(), 5));
    }
  }

  /** So it is the present writer whose files transformers has loaded. */
  @ParameterizedTest
  @MethodSource("models")
  void writingTheModelAgainGivesTheSameFiles(GoldenFineTunedModel golden) throws IOException {
    golden.writeAgain(folder);
    assertEquals(names(golden.model()), names(folder));
    for (String name : names(folder)) {
      if (name.endsWith(".safetensors")) {
        assertArrayEquals(
            Files.readAllBytes(golden.model().resolve(name)),
            Files.readAllBytes(folder.resolve(name)));
      } else if (name.equals("bertctl.json")) {
        assertEquals(withoutJar(golden.model().resolve(name)), withoutJar(folder.resolve(name)));
      } else {
        assertEquals(
            Files.readAllLines(golden.model().resolve(name)),
            Files.readAllLines(folder.resolve(name)),
            name);
      }
    }
  }

  /** The plugin's class may be in a jar, whose name and version are kept too, or in a folder. */
  private static JsonNode withoutJar(Path file) {
    ObjectNode content = JsonFile.read(file);
    ((ObjectNode) content.get("plugin")).retain("class");
    return content;
  }

  /** Makes the models and their inputs anew, in the folder that the property names. */
  @Test
  @EnabledIfSystemProperty(named = "golden.folder", matches = ".+")
  void makeTheModels() throws IOException {
    Path target = Path.of(System.getProperty("golden.folder"));
    List<String> vocabulary = vocabularyOfPairs();
    CLASSIFIER.make(
        target,
        folder.resolve("classifier"),
        TinyBert.config(vocabulary.size(), 32, 128, 0.1, 0.3),
        vocabulary);
    for (GoldenFineTunedModel model : otherHeads().toList()) {
      model.make(target, folder.resolve(model.name()), TinyBert.config(0.1), TinyBert.VOCABULARY);
      model.makeInputs(target);
    }
  }

  private static List<Matrix> predict(BertModel model, List<Feature> features, int batchSize) {
    List<Matrix> logits = new ArrayList<>();
    for (int from = 0; from < features.size(); from += batchSize) {
      int to = Math.min(features.size(), from + batchSize);
      model
          .predict(Batch.of(features.subList(from, to), 0))
          .forEach(outputs -> logits.add(outputs.get(HeadOutput.LOGITS)));
    }
    return logits;
  }

  private static void assertClose(List<JsonNode> expected, List<Matrix> actual) {
    assertEquals(expected.size(), actual.size());
    for (int line = 0; line < actual.size(); line++) {
      double[] values = flat(expected.get(line).get("logits"));
      Matrix logits = actual.get(line);
      assertEquals(values.length, logits.values().length, "line " + (line + 1));
      for (int i = 0; i < values.length; i++) {
        assertEquals(values[i], logits.values()[i], TOLERANCE, "line " + (line + 1));
      }
    }
  }

  /** The numbers of a list or of a list of lists, row by row. */
  private static double[] flat(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false)
        .flatMapToDouble(
            value ->
                value.isArray() ? DoubleStream.of(flat(value)) : DoubleStream.of(value.asDouble()))
        .toArray();
  }

  /** The words of the pairs that come twice, their letters, and some usual endings. */
  private static List<String> vocabularyOfPairs() throws IOException {
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

  private static TreeSet<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private record Noted(Matrix logits) implements Prediction {
    @Override
    public Map<String, Object> fields() {
      return Map.of();
    }
  }
}
