// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.start;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often to pass over data, and in which batches: few rows need more steps than three passes.
 */
final class FittedTraining {

  /** Below this many examples batches are smaller, so that there are more of them. */
  private static final int FEW = 2_000;

  private static final int SMALL_BATCH = 16;
  private static final int USUAL_BATCH = 32;
  private static final int USUAL_EPOCHS = 3;
  private static final int MOST_EPOCHS = 20;
  private static final int STEPS = 300;

  private final long examples;

  private FittedTraining(long examples) {
    this.examples = examples;
  }

  /**
   * @param examples to train on
   */
  static FittedTraining of(long examples) {
    return new FittedTraining(examples);
  }

  /**
   * A setting.
   *
   * @param why it has this value
   */
  record Chosen(int value, String why) {}

  /** By key. */
  Map<String, Chosen> settings() {
    int batch = examples < FEW ? SMALL_BATCH : USUAL_BATCH;
    long stepsAnEpoch = Math.max(1, (examples + batch - 1) / batch);
    long epochs =
        Math.min(MOST_EPOCHS, Math.max(USUAL_EPOCHS, (STEPS + stepsAnEpoch - 1) / stepsAnEpoch));
    Map<String, Chosen> settings = new LinkedHashMap<>();
    settings.put("train.batch-size", new Chosen(batch, "for %,d examples".formatted(examples)));
    settings.put(
        "train.epochs", new Chosen((int) epochs, "%,d steps".formatted(epochs * stepsAnEpoch)));
    return settings;
  }
}
