// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bertctl.core.config.Assignments;
import dev.bertctl.core.config.TaskConfig;
import dev.bertctl.core.map.EmbeddingMap;
import dev.bertctl.core.map.MapPlan;
import dev.bertctl.core.map.Projection;
import dev.bertctl.runtime.huggingface.PretrainedModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a model makes of examples, and a map of them. */
class EncodedExamplesTest {

  @TempDir static Path folder;

  private static TinyRun run;
  private static FineTunedModel saved;

  @BeforeAll
  static void train() {
    run = new TinyRun(folder, 0).pairs("train", 16, 1).pairs("validation", 12, 2);
    run.run();
    saved = FineTunedModel.open(run.results());
  }

  private static TaskConfig<?> config() {
    return saved.config(
        run.plugin(), List.of(Assignments.parse("data.test=" + folder.resolve("validation.csv"))));
  }

  private static PretrainedModel before() {
    return TinyRun.STORE.open(folder.resolve("tiny-bert").toString(), Path.of(""));
  }

  private static List<EncodedExample> encoded() {
    return new EncodedExamples(config(), RunListener.SILENT)
        .of(saved.files(TinyRun.STORE), Optional.of(saved));
  }

  @Test
  void predictsWhatTheRunPredicted() {
    List<JsonNode> predictions = TinyRun.read(run.file("predictions.jsonl"));
    List<EncodedExample> encoded = encoded();
    assertEquals(12, encoded.size());
    long right = 0;
    for (int i = 0; i < encoded.size(); i++) {
      EncodedExample example = encoded.get(i);
      JsonNode row = predictions.get(i);
      assertEquals(row.get("predicted").asText(), example.view().predicted());
      assertEquals(List.of(row.get("label").asText()), example.labels());
      assertEquals(Optional.of(row.get("label").equals(row.get("predicted"))), example.right());
      right += example.right().orElseThrow() ? 1 : 0;
    }
    assertEquals(
        run.json("metrics.json").get("metrics").get("accuracy").asDouble(), right / 12., 1e-12);
  }

  /** The head's is beside the task's outputs, or alone: it is the same hidden state. */
  @Test
  void vectorsDoNotDependOnTheHead() {
    List<float[]> alone =
        new EncodedExamples(config(), RunListener.SILENT).vectors(saved.files(TinyRun.STORE));
    List<EncodedExample> encoded = encoded();
    for (int i = 0; i < encoded.size(); i++) {
      assertArrayEquals(encoded.get(i).vector(), alone.get(i), 1e-6f);
    }
  }

  @Test
  void aModelWithoutAHeadStandsBeside() {
    EncodedExamples encoding = new EncodedExamples(config(), RunListener.SILENT);
    List<EncodedExample> encoded = encoded();
    EmbeddingMap map =
        new EmbeddingMap(config(), new MapPlan(Projection.PCA, 3, 1), encoded)
            .with("before", encoding.vectors(before()))
            .with("after", encoded.stream().map(EncodedExample::vector).toList());
    JsonNode facts = TinyRun.tree(map.fields());
    assertEquals(2, facts.get("maps").size());
    assertEquals(12, facts.get("maps").get(0).get("points").size());
    assertEquals(12, facts.get("points").size());
    assertEquals(facts.get("wrong").asInt(), facts.get("errors").size());
    assertTrue(facts.get("maps").get(1).get("agreement").asDouble() <= 1, facts::toString);
    JsonNode point = facts.get("points").get(0);
    assertEquals(encoded.get(0).place().toString(), point.get("place").asText());
    assertEquals(
        encoded.get(0).labels().get(0),
        facts.get("labels").get(point.get("label").asInt()).asText());
  }
}
