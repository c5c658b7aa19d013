// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bertctl.core.statistics.PairedBootstrap.Pair;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BootstrapTest {

  private static final double[] VALUES = {0.0, 1.0, 0.25, 0.5, 0.0};

  private static Map<String, Double> mean(int[] places) {
    return Map.of(
        "mean", Arrays.stream(places).mapToDouble(place -> VALUES[place]).average().orElseThrow());
  }

  /** All 5^5 resamples of these 5 examples, see golden.py. */
  @Test
  void resamplesComeNearToAllThatThereAre() throws IOException {
    JsonNode golden =
        new ObjectMapper().readTree(BootstrapTest.class.getResourceAsStream("bootstrap.json"));
    Interval found =
        new Bootstrap(new Resampling(100_000, 1))
            .of(new int[] {0, 1, 2, 3, 4}, BootstrapTest::mean)
            .get("mean");
    // The means of five such numbers are 0.05 apart, so a percentile is hit or a step away.
    assertEquals(golden.get("first_interval").get(0).asDouble(), found.low(), 0.051);
    assertEquals(golden.get("first_interval").get(1).asDouble(), found.high(), 0.051);
  }

  @Test
  void drawsAsAComparisonDoes() {
    Resampling resampling = new Resampling(1000, 42);
    Interval paired =
        new PairedBootstrap(resampling)
            .run(
                VALUES.length,
                Map.of("mean", new Pair(0.35, 0.35)),
                places ->
                    Map.of("mean", new Pair(mean(places).get("mean"), mean(places).get("mean"))))
            .get("mean")
            .first();
    Bootstrap bootstrap = new Bootstrap(resampling);
    assertEquals(
        paired, bootstrap.of(VALUES.length, places -> mean(places).get("mean").doubleValue()));
    assertEquals(paired.low(), bootstrap.ofMean(VALUES).low(), 1e-12);
    assertEquals(paired.high(), bootstrap.ofMean(VALUES).high(), 1e-12);
  }

  @Test
  void drawsFromTheExamplesOfTheSliceAlone() {
    assertEquals(
        new Interval(1, 1),
        new Bootstrap(new Resampling(1000, 1)).of(new int[] {1}, BootstrapTest::mean).get("mean"));
  }
}
