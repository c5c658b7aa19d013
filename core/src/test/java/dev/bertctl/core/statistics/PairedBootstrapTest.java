// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bertctl.core.statistics.PairedBootstrap.Pair;
import dev.bertctl.core.statistics.PairedBootstrap.Spread;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PairedBootstrapTest {

  private static final int RESAMPLES = 100_000;

  /**
   * All 5^5 resamples of 5 examples, see golden.py; drawn ones come as near as their number says.
   */
  @Test
  void resamplesComeNearToAllThatThereAre() throws IOException {
    JsonNode golden =
        new ObjectMapper()
            .readTree(PairedBootstrapTest.class.getResourceAsStream("bootstrap.json"));
    double[] first = numbers(golden.get("first"));
    double[] second = numbers(golden.get("second"));

    Spread spread = run(first, second, RESAMPLES, 1);

    assertInterval(golden.get("first_interval"), spread.first());
    assertInterval(golden.get("second_interval"), spread.second());
    assertInterval(golden.get("difference_interval"), spread.difference());
    // Five standard deviations of a share of that many draws.
    assertEquals(golden.get("p").asDouble(), spread.p(), 5 * Math.sqrt(0.25 / RESAMPLES));
  }

  @Test
  void aSeedGivesTheSameAndAnotherDoesNot() {
    double[] first = {0.1, 0.4, 0.3, 0.9, 0.2};
    double[] second = {0.3, 0.35, 0.5, 0.8, 0.25};
    assertEquals(run(first, second, 1000, 7), run(first, second, 1000, 7));
    assertTrue(!run(first, second, 1000, 7).equals(run(first, second, 1000, 8)));
  }

  @Test
  void systemsThatAreAlikeDoNotDiffer() {
    double[] both = {0, 1, 1, 0};
    assertEquals(1, run(both, both, 1000, 1).p());
    assertEquals(new Interval(0, 0), run(both, both, 1000, 1).difference());
  }

  @Test
  void ofAValueThatIsNotDefinedNothingIsSaid() {
    Spread spread = run(new double[] {Double.NaN}, new double[] {1}, 1000, 1);
    assertTrue(Double.isNaN(spread.p()) && Double.isNaN(spread.difference().low()));
    assertEquals(new Interval(1, 1), spread.second());
  }

  private static Spread run(double[] first, double[] second, int resamples, long seed) {
    PairedBootstrap.Scoring means =
        places -> Map.of("mean", new Pair(mean(first, places), mean(second, places)));
    int[] all = IntStream.range(0, first.length).toArray();
    return new PairedBootstrap(new Resampling(resamples, seed))
        .run(first.length, means.score(all), means)
        .get("mean");
  }

  private static double mean(double[] values, int[] places) {
    return Arrays.stream(places).mapToDouble(place -> values[place]).average().orElseThrow();
  }

  private static void assertInterval(JsonNode expected, Interval actual) {
    // The means of five such numbers are 0.05 apart, so a percentile is hit or a step away.
    assertEquals(expected.get(0).asDouble(), actual.low(), 0.051);
    assertEquals(expected.get(1).asDouble(), actual.high(), 0.051);
  }

  private static double[] numbers(JsonNode list) {
    return list.valueStream().mapToDouble(JsonNode::asDouble).toArray();
  }
}
