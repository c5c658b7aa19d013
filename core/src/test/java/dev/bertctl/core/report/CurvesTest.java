// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CurvesTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static JsonNode line(String json) throws Exception {
    return MAPPER.readTree(json);
  }

  @Test
  void linesOfTrainingAndOfEvaluationsAreApart() throws Exception {
    JsonNode curves =
        MAPPER.valueToTree(
            Curves.of(
                List.of(
                    line("{\"step\":1,\"epoch\":1,\"loss\":0.7,\"learning_rate\":1e-3}"),
                    line("{\"step\":2,\"epoch\":1,\"loss\":0.5,\"learning_rate\":0}"),
                    line(
                        "{\"step\":2,\"epoch\":1,\"eval_loss\":0.6,\"eval_losses\":{\"a\":1},\"eval_accuracy\":0.75,\"eval_pearson\":\"NaN\"}"),
                    line("{\"step\":2,\"epoch\":1,\"test_loss\":0.6}"))));
    assertEquals("[1,2]", curves.at("/training/step").toString());
    assertEquals("[0.7,0.5]", curves.at("/training/series/loss").toString());
    assertEquals("[null,null]", curves.at("/training/series/gradient_norm").toString());
    assertEquals(
        "{\"loss\":[0.6],\"accuracy\":[0.75],\"pearson\":[null]}",
        curves.at("/validation/series").toString());
  }

  @Test
  void ofLongOnesNeighboursArePutTogether() throws Exception {
    List<JsonNode> lines = new ArrayList<>();
    for (int step = 1; step <= 1001; step++) {
      lines.add(line("{\"step\":%d,\"epoch\":1,\"loss\":%d}".formatted(step, step)));
    }
    JsonNode training = MAPPER.valueToTree(Curves.of(lines)).at("/training");
    assertEquals(3, training.get("lines_a_point").asInt());
    assertEquals(334, training.get("step").size());
    assertEquals(3, training.at("/step/0").asInt());
    assertEquals(2, training.at("/series/loss/0").asDouble());
    assertEquals(1001, training.at("/step/333").asInt());
    assertEquals(1000.5, training.at("/series/loss/333").asDouble());
  }

  @Test
  void rankingsKeepTheHighestAndOfEqualsTheFirst() {
    Ranking<String> ranking = new Ranking<>(2);
    for (String item : Arrays.asList("1a", "3a", "1b", "3b", "3c", "2a")) {
      ranking.add(item.charAt(0), 0, () -> item);
    }
    assertEquals(List.of("3a", "3b"), ranking.items());
    assertTrue(new Ranking<String>(1).items().isEmpty());
  }
}
