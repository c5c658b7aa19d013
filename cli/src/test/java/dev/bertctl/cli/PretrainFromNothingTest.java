// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bertctl.core.config.AppConfig;
import dev.bertctl.core.data.DataFiles;
import dev.bertctl.core.data.FileSettings;
import dev.bertctl.core.output.PredictionTarget;
import dev.bertctl.core.runs.FineTunedModel;
import dev.bertctl.core.runs.FineTuning;
import dev.bertctl.core.runs.Interruption;
import dev.bertctl.core.runs.ModelPrediction;
import dev.bertctl.core.runs.RunListener;
import dev.bertctl.core.runs.RunMode;
import dev.bertctl.runtime.UserException;
import dev.bertctl.runtime.huggingface.PretrainedModel;
import dev.bertctl.spi.TaskPlugin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pre-training a small model that begins with random weights and learns its vocabulary. */
class PretrainFromNothingTest {

  private static final List<String> SPECIAL_TOKENS =
      List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");

  @TempDir private Path folder;

  private LanguageModelRun run(String output, String kind) {
    return new LanguageModelRun("pretrain", folder.resolve(output))
        .set("model.new.layers", 2)
        .set("model.new.hidden", 32)
        .set("model.new.heads", 2)
        .set("model.new.max-positions", 64)
        .set("model.new.vocabulary-kind", kind)
        .set("model.new.vocabulary-size", 300)
        .set("model.new.min-frequency", 2)
        .set("duplicates", 2)
        .set("train.epochs", 3)
        .set("train.learning-rate", 3e-3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"word-pieces", "words"})
  void learnsAVocabularyAndThenToPredict(String kind) throws IOException {
    LanguageModelRun run = run("runs", kind);
    LanguageModelRun.Listener listener = new LanguageModelRun.Listener();
    run.run(RunMode.NEW, listener);

    assertEquals("new", listener.opening().model());
    List<Double> losses = new ArrayList<>();
    for (JsonNode epoch : run.metrics().get("evaluations")) {
      losses.add(epoch.get("losses").get("masked_lm").asDouble());
    }
    assertEquals(3, losses.size());
    assertTrue(losses.get(2) < losses.get(0) - 0.1, losses::toString);
    List<JsonNode> history = run.trained();
    assertTrue(
        mean(history.subList(history.size() - 5, history.size()))
            < mean(history.subList(0, 5)) - 0.3);

    List<String> vocabulary = Files.readAllLines(run.model().resolve("vocab.txt"));
    assertEquals(SPECIAL_TOKENS, vocabulary.subList(0, 5));
    assertEquals(vocabulary.size(), vocabulary.stream().distinct().count());
    boolean pieces = vocabulary.stream().anyMatch(token -> token.startsWith("##"));
    assertEquals(kind.equals("word-pieces"), pieces);
    assertTrue(vocabulary.contains("every"), vocabulary::toString);
    assertEquals(
        List.of(),
        vocabulary.subList(5, vocabulary.size()).stream()
            .filter(token -> !token.equals(token.toLowerCase(Locale.ROOT)))
            .toList());
    if (pieces) {
      assertEquals(300, vocabulary.size());
    }
    assertOpens(run, vocabulary.size());
  }

  private static double mean(List<JsonNode> steps) {
    return steps.stream().mapToDouble(step -> step.get("loss").asDouble()).average().orElseThrow();
  }

  /** With it masks are filled. */
  private static void assertOpens(LanguageModelRun run, int vocabulary) {
    assertEquals("pretrain", FineTunedModel.open(run.model()).task());
    PretrainedModel model =
        LanguageModelRun.STORE.open(run.model().toAbsolutePath().toString(), Path.of(""));
    assertEquals(vocabulary, model.config().vocabSize());
    assertEquals(32, model.config().hiddenSize());
    assertEquals(64, model.config().maxPositions());
    TaskPlugin<?> plugin = BuiltInTasks.plugin("fill-mask");
    List<Object> masks = new ArrayList<>();
    new ModelPrediction(
            AppConfig.of(
                Map.of("model", run.model().toString(), "device", "cpu", "max-length", "64"),
                "a test",
                plugin,
                List.of()),
            model,
            Optional.empty(),
            PredictionTarget.toldOnly(Optional.empty()),
            RunListener.SILENT)
        .run(
            DataFiles.open(
                List.of(LanguageModelRun.DATA.resolve("masks.txt")),
                Optional.empty(),
                plugin.usualFormat(),
                FileSettings.DEFAULT),
            (columns, prediction, marked) ->
                masks.addAll((List<?>) prediction.fields().get("masks")));
    assertFalse(masks.isEmpty());
  }

  /** The vocabulary and the weights are made anew in the same way. */
  @Test
  void aResumedRunEndsAsOneThatWasNotInterrupted() throws IOException {
    LanguageModelRun whole = run("whole", "word-pieces");
    whole.run();

    LanguageModelRun resumed = run("resumed", "word-pieces");
    assertThrows(Stop.class, () -> resumed.run(RunMode.NEW, new StopInTheSecondEpoch()));
    assertFalse(Files.exists(resumed.file("metrics.json")));
    assertTrue(leftOver(resumed).isEmpty(), () -> leftOver(resumed).toString());
    LanguageModelRun.Listener listener = new LanguageModelRun.Listener();
    resumed.run(RunMode.RESUME, listener);

    long epoch = whole.trained().stream().filter(line -> line.get("epoch").asInt() == 1).count();
    assertTrue(
        listener.notices().contains("resuming after step " + epoch), listener.notices()::toString);
    assertEquals(whole.metrics(), resumed.metrics());
    assertEquals(whole.history(), resumed.history());
    for (String name : List.of("model.safetensors", "vocab.txt", "config.json")) {
      assertArrayEquals(
          Files.readAllBytes(whole.model().resolve(name)),
          Files.readAllBytes(resumed.model().resolve(name)),
          name);
    }
    assertTrue(leftOver(resumed).isEmpty(), () -> leftOver(resumed).toString());
  }

  /** The files that a new model is begun with are not kept. */
  private static List<Path> leftOver(LanguageModelRun run) {
    try (Stream<Path> files = Files.walk(run.output())) {
      return files.filter(file -> file.getFileName().toString().startsWith(".new-model")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class StopInTheSecondEpoch extends LanguageModelRun.Listener {

    @Override
    public void begin(String title, Counted counted, long total) {
      if (title.equals("evaluating epoch 2")) {
        throw new Stop();
      }
    }
  }

  private static final class Stop extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void aPretrainedModelAndANewOneDoNotGoTogether() throws IOException {
    assertEquals(
        "%s:1: model: a pretrained model is named, and keys of model.new too; remove one of both",
        problem("model: some-model", "model.new.layers: 2"));
  }

  @Test
  void headsDivideTheHiddenSize() throws IOException {
    assertEquals(
        "%s:4: model.new.heads: 3 heads do not divide the hidden size 32; give a divisor",
        problem("model.new:", "  layers: 2", "  hidden: 32", "  heads: 3"));
  }

  @Test
  void aNewModelNeedsItsLayers() throws IOException {
    assertEquals(
        "%s: model.new.layers: a new model needs its layers; give them",
        problem("model.new: {hidden: 32}"));
  }

  @Test
  void withoutEitherAModelIsMissing() throws IOException {
    String problem = problem("max-length: 32");
    assertTrue(problem.startsWith("%s: missing key 'model': The pretrained model: "), problem);
  }

  @Test
  void aMistypedKeyIsAnsweredWithTheClosest() throws IOException {
    String problem = problem("model.new:", "  layers: 2", "  vocabulary-sise: 300");
    assertTrue(problem.startsWith("%s:3: unknown key 'model.new.vocabulary-sise'"), problem);
    assertTrue(problem.contains("did you mean 'model.new.vocabulary-size'?"), problem);
  }

  /** Learning a vocabulary takes long, so that what is wrong is said before. */
  @Test
  void sizesAreCheckedBeforeTheDataAreRead() throws IOException {
    Files.writeString(folder.resolve("train.jsonl"), "no JSON");
    assertEquals(
        "%s:1: model.new.heads: 3 heads do not divide the hidden size 32; give a divisor",
        problem("model.new: {layers: 2, hidden: 32, heads: 3}", "data.train: train.jsonl"));
    String tooLong =
        problem(
            "model.new: {layers: 2, hidden: 32, heads: 2, max-positions: 16}",
            "max-length: 32",
            "data.train: train.jsonl");
    assertEquals(
        "%s:2: max-length: 32 is more than the 16 positions of model new; set at most that",
        tooLong);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[PAD]", "[UNK]", "[CLS]", "[SEP]"})
  void aVocabularyThatIsGivenNeedsTheSpecialTokens(String missing) throws IOException {
    List<String> tokens = new ArrayList<>(SPECIAL_TOKENS);
    tokens.addAll(List.of("one", "two"));
    tokens.remove(missing);
    Path words = Files.write(folder.resolve("words.txt"), tokens);
    assertEquals(
        ("%%s:3: model.new.vocabulary: %s: has no %s; a BERT vocabulary needs [PAD], [UNK],"
                + " [CLS] and [SEP]")
            .formatted(words, missing),
        problem("model.new:", "  layers: 2", "  vocabulary: words.txt"));
  }

  /** What is wrong with a configuration, {@code %s} standing for its file. */
  private String problem(String... lines) throws IOException {
    List<String> all = new ArrayList<>(List.of(lines));
    all.add("device: cpu");
    all.add("output: runs");
    if (all.stream().noneMatch(line -> line.startsWith("data"))) {
      all.add(
          "data.train: '%s'"
              .formatted(LanguageModelRun.DATA.resolve("train.txt").toAbsolutePath()));
    }
    Path file = Files.write(folder.resolve("app.yaml"), all);
    UserException e =
        assertThrows(
            UserException.class,
            () ->
                new FineTuning(
                        AppConfig.load(file, BuiltInTasks.plugin("pretrain"), List.of()),
                        LanguageModelRun.STORE,
                        RunMode.NEW,
                        RunListener.SILENT,
                        new Interruption())
                    .run());
    return e.getMessage().replace(file.toString(), "%s");
  }
}
