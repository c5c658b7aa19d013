// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bertctl.runtime.encoder.BertConfig;
import org.junit.jupiter.api.Test;

class MemoryEstimateTest {

  private static final long MIB = 1 << 20;

  /** Of 6 layers of 384, as minilm-l6 has. */
  private static final BertConfig SMALL = BertConfig.of(30522, 384, 6, 12, 1536, 512, 0);

  private static final long PARAMETERS = 22_713_216;

  @Test
  void weightsAndSlotsAreFourBytesAValue() {
    MemoryEstimate estimate = MemoryEstimate.of(load(false, -1), new BatchShape(32, 128, 0));
    assertEquals(4 * PARAMETERS, estimate.weights());
    assertEquals(2 * 4 * PARAMETERS, estimate.optimizer());
    assertEquals(0, estimate.accumulators());
  }

  @Test
  void aBatchOfTwiceTheSizeKeepsTwice() {
    MemoryEstimate one = MemoryEstimate.of(load(false, -1), new BatchShape(16, 128, 0));
    MemoryEstimate two = MemoryEstimate.of(load(false, -1), new BatchShape(32, 128, 0));
    assertEquals(2 * one.activations(), two.activations());
    // Six layers: 23 arrays [2048,384] and 2 attentions [16,12,128,128]; 3 more at the embeddings.
    long layer = 23L * 2048 * 384 + 2L * 16 * 12 * 128 * 128;
    assertEquals(4 * (6 * layer + 3L * 2048 * 384), one.activations());
  }

  @Test
  void attentionGrowsWithTheSquareOfTheLength() {
    MemoryEstimate many = MemoryEstimate.of(load(false, -1), new BatchShape(16, 128, 0));
    MemoryEstimate longer = MemoryEstimate.of(load(false, -1), new BatchShape(4, 512, 0));
    long attentions = 4L * 6 * 2 * 12 * 16 * 128 * 128;
    assertEquals(3 * attentions, longer.activations() - many.activations());
  }

  @Test
  void checkpointingKeepsOneLayerAndTheInputsOfTheOthers() {
    BatchShape batch = new BatchShape(64, 128, 0);
    MemoryEstimate kept = MemoryEstimate.of(load(false, -1), batch);
    MemoryEstimate inputs = MemoryEstimate.of(load(true, -1), batch);
    assertEquals(kept.weights() + kept.optimizer(), inputs.weights() + inputs.optimizer());
    assertTrue(inputs.total() < kept.total() / 2, inputs + " against " + kept);
    assertTrue(inputs.activations() < kept.activations() / 4, inputs + " against " + kept);
  }

  @Test
  void frozenLayersKeepNothing() {
    BatchShape batch = new BatchShape(32, 128, 0);
    long all = MemoryEstimate.of(load(false, -1), batch).total();
    long three = MemoryEstimate.of(load(false, 3), batch).total();
    long none = MemoryEstimate.of(load(false, 6), batch).total();
    long layers = 4 * 3 * new LayerArrays(SMALL, batch).kept();
    assertTrue(all - three > layers, all + " against " + three);
    assertTrue(none < three, none + " against " + three);
  }

  @Test
  void sumsOfGradientsAreAsLargeAsTheWeights() {
    BatchShape batch = new BatchShape(8, 128, 0);
    TrainingLoad plain = load(false, -1);
    TrainingLoad summed = new TrainingLoad(SMALL, PARAMETERS, PARAMETERS, 2, true, false, -1);
    assertEquals(
        4 * PARAMETERS,
        MemoryEstimate.of(summed, batch).total() - MemoryEstimate.of(plain, batch).total());
  }

  @Test
  void scoresOverTheVocabularyCount() {
    MemoryEstimate none = MemoryEstimate.of(load(false, -1), new BatchShape(32, 128, 0));
    MemoryEstimate masked = MemoryEstimate.of(load(false, -1), new BatchShape(32, 128, 600));
    assertTrue(masked.total() - none.total() > 3L * 4 * 600 * 30522 - 100 * MIB);
  }

  @Test
  void isToldInWords() {
    assertEquals(
        "about 1.7 GiB (weights 87 MiB, optimizer 173 MiB, gradients 1 MiB, activations 1.1 GiB for"
            + " 32 x 128, working 303 MiB)",
        MemoryEstimate.of(load(false, -1), new BatchShape(32, 128, 0)).toString());
  }

  private static TrainingLoad load(boolean checkpointing, int lowest) {
    return new TrainingLoad(SMALL, PARAMETERS, trained(lowest), 2, false, checkpointing, lowest);
  }

  /** All, or without embeddings and so many layers. */
  private static long trained(int lowest) {
    long embeddings = (30522L + 512 + 2) * 384 + 2 * 384;
    long layer = new LayerArrays(SMALL, new BatchShape(1, 1, 0)).layerWeights();
    return lowest < 0 ? PARAMETERS : PARAMETERS - embeddings - lowest * layer;
  }
}
