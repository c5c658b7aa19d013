// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bertctl.core.config.SplitName;
import dev.bertctl.runtime.TinyBert;
import dev.bertctl.runtime.options.ConfigException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackingPreviewTest {

  @TempDir Path folder;

  @Test
  void theFirstExamplesAreShownAndTheWholeSplitIsSummedUp() {
    TinyRun run =
        new TinyRun(folder, 0)
            .rows(
                "train",
                List.of("the cat,a dog,yes", "a bird,a tree,no", "the boat,,no", "a,the,no"));
    List<JsonNode> shown = new ArrayList<>();
    SplitSummary summary = preview(run, SplitName.TRAIN, 2, shown);

    assertEquals(2, shown.size());
    assertEquals(folder.resolve("train.csv") + ":2", shown.get(0).get("location").asText());
    JsonNode first = shown.get(0).get("features").get(0);
    assertEquals(
        "[\"[CLS]\",\"the\",\"cat\",\"[SEP]\",\"a\",\"dog\",\"[SEP]\"]",
        first.at("/sequences/0/tokens").toString());
    assertEquals("yes", first.get("label").asText());
    assertEquals(4, summary.counts().rows());
    assertEquals(3, summary.counts().examples());
    assertEquals(3, summary.features());
    assertEquals(2.0 / 3, summary.labels().shares().get("no"), 1e-9);
    assertEquals(7, summary.truncation().longest());
  }

  @Test
  void featuresAreShownAsTheyAreDrawnInTheFirstEpoch() {
    TinyRun run = new TinyRun(folder, 0).task(MaskedPairs.task()).pairs("validation", 5, 1);
    List<JsonNode> shown = new ArrayList<>();
    preview(run, SplitName.VALIDATION, 5, shown);
    assertEquals(5, shown.size());
    for (JsonNode example : shown) {
      JsonNode feature = example.get("features").get(0);
      int place = feature.at("/positions/0").asInt();
      assertEquals("[MASK]", feature.at("/sequences/0/tokens").get(place).asText());
      int gold = feature.at("/targets/masked").asInt();
      assertEquals(true, gold >= 5 && gold < TinyBert.VOCABULARY.size(), feature::toString);
      assertEquals(
          Map.of(0, "own", 1, "other").get(feature.at("/targets/other").asInt()),
          feature.get("label").asText());
    }
  }

  @Test
  void aSplitWithoutAFileIsRefused() {
    TinyRun run = new TinyRun(folder, 0).pairs("train", 4, 1);
    ConfigException e =
        assertThrows(
            ConfigException.class, () -> preview(run, SplitName.TEST, 2, new ArrayList<>()));
    assertEquals("a test: data.test: no file is given for this split; name one", e.getMessage());
  }

  private static SplitSummary preview(
      TinyRun run, SplitName split, int limit, List<JsonNode> shown) {
    return new PackingPreview(run.config(), TinyRun.STORE)
        .run(
            split,
            limit,
            (view, example, features) -> shown.add(TinyRun.tree(view.fields(example, features))));
  }
}
