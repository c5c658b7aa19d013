// SPDX-License-Identifier: Apache-2.0
package org.example.nercrf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bertctl.spi.OptionException;
import dev.bertctl.spi.data.DataException;
import dev.bertctl.spi.data.Location;
import dev.bertctl.spi.decode.PredictionReader;
import dev.bertctl.spi.testkit.MemoryFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NerCrfPluginTest {

  private static final Sentence SENTENCE =
      new Sentence(
          new Location("memory", 1),
          "Ada lives in Graz.",
          Optional.of(List.of(new Entity("person", 0, 3), new Entity("place", 13, 17))));

  @Test
  void typesAreFoundWhereTheUserNamesNone() {
    NerCrfPlugin plugin = new NerCrfPlugin();
    MemoryFile training = MemoryFile.lines("- To [Graz](place)");
    assertEquals(Map.of("types", List.of("place")), plugin.findOptions(Optional::empty, training));
    assertEquals(Map.of(), plugin.findOptions(() -> Optional.of(List.of("person")), training));
  }

  @Test
  void typesAreNotEmpty() {
    OptionException failure =
        assertThrows(
            OptionException.class, () -> new NerCrfPlugin().create(() -> Optional.of(List.of())));
    assertEquals("types", failure.option());
    assertEquals("is empty; name a type, or leave it out", failure.getMessage());
  }

  @Test
  void predictionsNameTypeTextAndPlace() {
    assertEquals(
        Map.of(
            "entities", List.of(Map.of("type", "place", "text", "Graz", "start", 13, "end", 17))),
        new FoundEntities(SENTENCE.text(), List.of(new Entity("place", 13, 17))).fields());
  }

  @Test
  void halfOfTheEntities() {
    var scorer = new EntityMetric().scorer();
    scorer.add(
        SENTENCE,
        new FoundEntities(
            SENTENCE.text(), List.of(new Entity("person", 0, 3), new Entity("person", 13, 17))));
    assertEquals(Map.of("f1", 0.5, "precision", 0.5, "recall", 0.5), scorer.scores().values());
  }

  @Test
  void predictionsAreOneListForEachSentence() {
    assertEquals(
        "memory: 2 predictions for 1 gold examples; give one row for each example with a gold label,"
            + " in their order",
        error(Map.of("entities", List.of()), Map.of("entities", List.of())));
    String malformed =
        "memory:1: 'entities' is no list of objects with 'type', 'start' and 'end'; correct the"
            + " row";
    assertEquals(malformed, error(Map.of("entities", "none")));
    assertEquals(malformed, error(Map.of("entities", List.of(Map.of("type", "place")))));
  }

  @SafeVarargs
  private static String error(Map<String, Object>... rows) {
    return assertThrows(
            DataException.class,
            () ->
                PredictionReader.ofRows(FoundEntitiesReader::read)
                    .read(MemoryFile.rows(List.of(rows)), List.of(SENTENCE), (row, reason) -> {}))
        .getMessage();
  }
}
