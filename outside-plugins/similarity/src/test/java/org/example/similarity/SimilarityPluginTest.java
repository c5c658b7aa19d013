// SPDX-License-Identifier: Apache-2.0
package org.example.similarity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.spi.OptionException;
import dev.bertctl.spi.Task;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.testkit.MemoryFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class SimilarityPluginTest {

  private final List<String> skipped = new ArrayList<>();

  @Test
  void readsPairsWithTheirScores() {
    ScoredPair pair = read(row("3.8")).get(0);
    assertEquals("A", pair.first());
    assertEquals("B", pair.second());
    assertEquals(OptionalDouble.of(3.8), pair.score());
  }

  @Test
  void pairsWithoutScoreAreLeftOutAndCounted() {
    assertEquals(1, read(row(""), row("2")).size());
    assertEquals(List.of("memory:1 no score"), skipped);
  }

  @Test
  void scoresAreNumbersInRange() {
    for (String score : List.of("much", "-1", "5.1", "NaN")) {
      assertEquals(
          "memory:2: the score '%s' is no number from 0 to 5.0; correct the row, or set 'highest'"
              .formatted(score),
          assertThrows(DataException.class, () -> read(row("1"), row(score))).getMessage());
    }
  }

  @Test
  void theHighestScoreIsPositive() {
    OptionException failure = assertThrows(OptionException.class, () -> task(0));
    assertEquals("highest", failure.option());
    assertEquals("must be more than 0, is 0.0", failure.getMessage());
  }

  @Test
  void predictionsAreOneNumberForEachExample() {
    List<ScoredPair> gold = read(row("1"), row("2"));
    assertEquals(
        "memory: 1 predictions for 2 gold examples; give one row for each example with a gold"
            + " label, in their order",
        assertThrows(DataException.class, () -> predictions(gold, "1")).getMessage());
    assertEquals(
        "memory:2: the predicted score 'two' is no number; correct it",
        assertThrows(DataException.class, () -> predictions(gold, "1", "two")).getMessage());
    assertEquals(List.of(new Similarity(0.5), new Similarity(-2)), predictions(gold, "0.5", "-2"));
  }

  private static Map<String, Object> row(String score) {
    return Map.of("sentence1", "A", "sentence2", "B", "score", score);
  }

  @SafeVarargs
  private List<ScoredPair> read(Map<String, Object>... rows) {
    return task(5)
        .reader()
        .read(
            MemoryFile.rows(List.of(rows)),
            Purpose.EVALUATION,
            (location, reason) -> skipped.add(location + " " + reason))
        .toList();
  }

  private List<Similarity> predictions(List<ScoredPair> gold, String... values) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (String value : values) {
      rows.add(Map.of("predicted", value));
    }
    return task(5)
        .scoring()
        .orElseThrow()
        .predictions()
        .read(MemoryFile.rows(rows), gold, (location, reason) -> {});
  }

  private static Task<ScoredPair, Similarity> task(double highest) {
    return new SimilarityPlugin().create(() -> highest);
  }
}
