// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.language;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bertctl.spi.data.ExampleReader.Purpose;
import dev.bertctl.spi.packing.Feature;
import dev.bertctl.spi.packing.Target;
import dev.bertctl.spi.packing.Truncation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MaskPredictionTest {

  private final TestPacker packer = new TestPacker(20);

  @Test
  void tokensAndFilledText() {
    String text = "Paris is [MASK] .";
    Feature feature = Feature.of(packer.single(packer.tokenize(text))).at(3);
    packer.tokenize("nice big");
    MaskPrediction prediction =
        MaskPrediction.of(
            List.of(text),
            TestOutput.of(
                packer,
                feature,
                TestOutput.top(new float[] {id("nice"), id("big")}, new float[] {0.4f, 0.1f}, 2)));
    assertEquals(
        Map.of(
            "masks",
            List.of(
                List.of(
                    Map.of("token", "nice", "probability", 0.4),
                    Map.of("token", "big", "probability", 0.1))),
            "filled",
            "Paris is nice ."),
        prediction.fields());
  }

  @Test
  void bothTextsOfAPairAreFilled() {
    Feature feature =
        Feature.of(
                packer.pair(
                    packer.tokenize("[MASK] sleeps"),
                    packer.tokenize("He [MASK]"),
                    Truncation.LONGEST_FIRST))
            .at(1, 5);
    packer.tokenize("Tom snores");
    assertEquals(
        List.of("Tom sleeps", "He snores"),
        MaskPrediction.of(
                List.of("[MASK] sleeps", "He [MASK]"),
                TestOutput.of(
                    packer,
                    feature,
                    TestOutput.top(new float[] {id("Tom"), id("snores")}, new float[] {1, 1}, 1)))
            .filled());
  }

  @Test
  void drawnMasksHaveGoldTokens() {
    packer.tokenize("it rained snowed");
    Feature feature =
        Feature.of(packer.single(packer.tokenize("it rained")))
            .at(2)
            .with("masked", Target.of(id("rained")));
    PretrainPrediction prediction =
        PretrainPrediction.ofMasks(
            Documents.of(Purpose.EVALUATION, "it rained"),
            TestOutput.of(
                packer,
                feature,
                TestOutput.top(new float[] {id("snowed")}, new float[] {0.5f}, 1)));
    assertEquals(
        Map.of(
            "masks",
            List.of(List.of(Map.of("token", "snowed", "probability", 0.5))),
            "gold",
            List.of("rained")),
        prediction.fields());
  }

  @Test
  void piecesJoinTheirWord() {
    FilledText text = new FilledText("Play [MASK] and [MASK].");
    text.fill(5, 11, "##ing");
    text.fill(16, 22, "rest");
    assertEquals("Playing and rest.", text.toString());
  }

  private int id(String token) {
    return packer.find(token).orElseThrow();
  }
}
