// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bertctl.core.config.Assignment;
import dev.bertctl.core.config.Assignments;
import dev.bertctl.runtime.TinyBert;
import dev.bertctl.runtime.TinyTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A task of two losses whose features are drawn anew, from the data file to metrics.json. */
class DrawnFeaturesTest {

  @TempDir Path folder;
  private TinyRun run;

  @BeforeEach
  void data() {
    run =
        new TinyRun(folder, 0.1)
            .task(MaskedPairs.task())
            .pairs("train", 24, 1)
            .pairs("validation", 12, 2)
            .pairs("test", 10, 3);
  }

  @Test
  void itLearnsAndEachLossIsReported() {
    TinyRun.Listener listener = new TinyRun.Listener();
    RunResult result =
        run.rows("train", sameWords(0, 8))
            .rows("validation", sameWords(2, 8))
            .set("train.epochs", 60)
            .set("train.learning-rate", 1e-2)
            .run(RunMode.NEW, listener);

    List<JsonNode> history = run.trained();
    assertEquals(120, history.size());
    for (JsonNode step : history) {
      JsonNode losses = step.get("losses");
      assertEquals(Set.of(MaskedPairs.MASKED, MaskedPairs.OTHER), names(losses));
      assertEquals(total(losses), step.get("loss").asDouble(), 1e-5);
    }
    // Neighbours tell a masked word; whether two words are the same takes longer to learn.
    double first = loss(history.subList(0, 20), MaskedPairs.MASKED);
    double last = loss(history.subList(100, 120), MaskedPairs.MASKED);
    assertTrue(last < first / 2, "from " + first + " to " + last);

    JsonNode metrics = run.json("metrics.json");
    assertEvaluated(metrics, 6);
    assertEvaluated(metrics.get("test"), 10);
    assertEquals(60, metrics.get("evaluations").size());
    metrics.get("evaluations").forEach(epoch -> assertEvaluated(epoch, 6));
    assertEquals("perplexity", metrics.get("primary").asText());
    double best = metrics.get("metrics").get("perplexity").asDouble();
    metrics
        .get("evaluations")
        .forEach(epoch -> assertTrue(epoch.at("/metrics/perplexity").asDouble() >= best));

    assertEquals(metrics.get("loss").asDouble(), result.best().orElseThrow().loss());
    assertEquals(61, listener.evaluations().size());
    for (RunListener.Evaluated evaluated : listener.evaluations()) {
      assertEquals(
          List.of(MaskedPairs.MASKED, MaskedPairs.OTHER),
          List.copyOf(evaluated.result().losses().keySet()));
    }
    // Half of the texts are other examples', by chance.
    Map<String, Double> shares = listener.splits().get(0).labels().shares();
    assertEquals(Set.of("own", "other"), shares.keySet());
    assertEquals(1, shares.get("own") + shares.get("other"), 1e-9);
    assertTrue(shares.get("own") > 0.2 && shares.get("own") < 0.8, shares::toString);
  }

  /** Without dropout and learning only what is drawn differs. */
  @Test
  void trainingSeesOthersInEachEpochAndEvaluationTheSame() {
    run =
        new TinyRun(folder, 0)
            .task(MaskedPairs.task())
            .pairs("train", 24, 1)
            .pairs("validation", 12, 2)
            .set("train.batch-size", 24)
            .set("train.epochs", 2)
            .set("train.learning-rate", 1e-30);
    run.run();
    List<JsonNode> history = run.trained();
    assertEquals(2, history.size());
    assertNotEquals(history.get(0).get("losses"), history.get(1).get("losses"));
    JsonNode epochs = run.json("metrics.json").get("evaluations");
    assertEquals(epochs.get(0).get("metrics"), epochs.get(1).get("metrics"));
    assertEquals(epochs.get(0).get("loss"), epochs.get(1).get("loss"));
  }

  @Test
  void resumedRunEndsAsAnUninterruptedOneWould() throws IOException {
    run.set("output", folder.resolve("whole")).run();
    final byte[] weights = Files.readAllBytes(run.weights());
    final String predictions = Files.readString(run.file("predictions.jsonl"));
    final JsonNode metrics = run.json("metrics.json");
    final List<JsonNode> history = run.history();

    run.set("output", folder.resolve("resumed"));
    TinyRun.Listener stopping =
        new TinyRun.Listener() {
          @Override
          public void advance(long done, String detail) {
            if (title().equals("epoch 2 of 3") && done > 8) {
              throw new IllegalStateException("stop");
            }
          }
        };
    assertThrows(IllegalStateException.class, () -> run.run(RunMode.NEW, stopping));
    TinyRun.Listener listener = new TinyRun.Listener();
    run.run(RunMode.RESUME, listener);

    assertEquals(List.of("resuming after step 6"), listener.notices());
    assertEquals(history, run.history());
    assertEquals(metrics, run.json("metrics.json"));
    assertEquals(predictions, Files.readString(run.file("predictions.jsonl")));
    assertArrayEquals(weights, Files.readAllBytes(run.weights()));
  }

  @Test
  void theSavedModelIsEvaluatedOnTheSameFeatures() {
    run.run();
    FineTunedModel saved = FineTunedModel.open(run.results());
    Assignment data = Assignments.parse("data.test=" + folder.resolve("validation.csv"));
    EvaluationResult result =
        new ModelEvaluation(
                saved,
                saved.config(run.plugin(), List.of(data)),
                TinyRun.STORE,
                EvaluationOutputs.NONE,
                new TinyRun.Listener())
            .run()
            .result();
    JsonNode metrics = run.json("metrics.json");
    assertEquals(metrics.get("loss").asDouble(), result.loss(), 1e-6);
    for (String loss : List.of(MaskedPairs.MASKED, MaskedPairs.OTHER)) {
      assertEquals(metrics.get("losses").get(loss).asDouble(), result.losses().get(loss), 1e-6);
    }
    assertEquals(
        metrics.at("/metrics/perplexity").asDouble(), result.metrics().get("perplexity"), 1e-4);
  }

  @Test
  void aHeadWithOneLossHasNoListOfThem() {
    run.task(TinyTask.classifier()).run();
    assertFalse(run.history().get(0).has("losses"));
    assertFalse(run.json("metrics.json").has("losses"));
    assertFalse(run.json("metrics.json").get("test").has("losses"));
    assertEquals(10, run.json("metrics.json").at("/test/examples").asInt());
    assertEquals(12, run.json("metrics.json").at("/evaluations/0/examples").asInt());
  }

  private static void assertEvaluated(JsonNode fields, int examples) {
    assertEquals(examples, fields.get("examples").asInt());
    assertEquals(total(fields.get("losses")), fields.get("loss").asDouble(), 1e-9);
    assertEquals(
        Math.exp(fields.get("losses").get(MaskedPairs.MASKED).asDouble()),
        fields.get("metrics").get("perplexity").asDouble(),
        1e-9);
  }

  private static double total(JsonNode losses) {
    return losses.get(MaskedPairs.MASKED).asDouble()
        + MaskedPairs.FACTOR * losses.get(MaskedPairs.OTHER).asDouble();
  }

  private static double loss(List<JsonNode> steps, String name) {
    return steps.stream()
        .mapToDouble(step -> step.get("losses").get(name).asDouble())
        .average()
        .orElseThrow();
  }

  /** Rows of a word each, three times in both texts: its neighbours tell what is masked. */
  private static List<String> sameWords(int from, int to) {
    return TinyBert.WORDS.subList(from, to).stream()
        .map(word -> "%1$s %1$s %1$s,%1$s %1$s %1$s,no".formatted(word))
        .toList();
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new HashSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
