// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bertctl.spi.metric.Detail;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EvaluationFactsTest {

  private static JsonNode facts(List<Detail> details, Map<String, Object> shown) {
    return TinyRun.tree(
        EvaluationFacts.of(
            "validation",
            "accuracy",
            new EvaluationResult(
                4, 0.5, Map.of("loss", 0.5), Map.of("accuracy", 0.75), details, Map.of()),
            shown));
  }

  @Test
  void aMatrixHasSharesOfItsRowsAndTheExamplesOfItsCells() {
    JsonNode facts =
        facts(
            List.of(
                new Detail.Confusion(
                    List.of("no", "yes"), List.of(List.of(3L, 1L), List.of(0L, 0L)))),
            Map.of("cells", Map.of("no", Map.of("yes", List.of(7))), "worst", List.of(7)));
    assertEquals(
        "{\"predicted\":\"yes\",\"count\":1,\"share\":0.25,\"examples\":[7]}",
        facts.at("/confusion/rows/0/cells/1").toString());
    assertEquals(0, facts.at("/confusion/rows/1/cells/1/share").asDouble());
    assertEquals("no", facts.at("/baseline/label").asText());
    assertFalse(facts.get("shown").has("cells"));
  }

  @Test
  void ofManyLabelsTheMostFrequentErrorsAreNamed() {
    List<String> labels = IntStream.range(0, 31).mapToObj(i -> "l" + i).toList();
    List<List<Long>> counts = new ArrayList<>();
    labels.forEach(label -> counts.add(new ArrayList<>(Collections.nCopies(31, 0L))));
    counts.get(4).set(4, 90L);
    counts.get(4).set(5, 10L);
    counts.get(30).set(0, 20L);
    JsonNode confusion =
        facts(List.of(new Detail.Confusion(labels, counts)), Map.of()).get("confusion");
    assertFalse(confusion.has("rows"));
    assertEquals(
        "[{\"gold\":\"l30\",\"predicted\":\"l0\",\"count\":20,\"share\":1.0,\"examples\":[]},"
            + "{\"gold\":\"l4\",\"predicted\":\"l5\",\"count\":10,\"share\":0.1,\"examples\":[]}]",
        confusion.get("pairs").toString());
  }

  @Test
  void rowsOfATableMayHaveOtherColumns() {
    Map<String, Map<String, Number>> rows = new LinkedHashMap<>();
    rows.put("short", Map.of("f1", 0.5));
    rows.put("long", Map.of("support", 3L));
    assertEquals(
        "{\"name\":\"by_length\",\"columns\":[\"f1\",\"support\"],\"rows\":[{\"name\":\"short\",\"cells\":[0.5,null]},{\"name\":\"long\",\"cells\":[null,3]}]}",
        facts(List.of(new Detail.Table("by_length", rows)), Map.of()).at("/tables/0").toString());
  }
}
