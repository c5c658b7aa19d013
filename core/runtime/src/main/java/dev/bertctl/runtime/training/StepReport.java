// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.training;

import dev.bertctl.runtime.graph.BertModel;
import dev.bertctl.runtime.graph.LossScale;

/**
 * One training step.
 *
 * @param step from 1
 * @param epoch the epoch that it belongs to, from 1
 * @param epochs of the whole run
 * @param epochStep which step of its epoch it is, from 1
 * @param epochSteps steps of its epoch
 * @param features features of the batch
 * @param epochFeatures features of the whole epoch
 * @param trained loss and gradient norm
 * @param learningRate of this step
 * @param scale what the loss of the next step is multiplied by
 * @param last whether it is the last step of the run
 */
public record StepReport(
    long step,
    int epoch,
    int epochs,
    int epochStep,
    int epochSteps,
    int features,
    int epochFeatures,
    BertModel.Trained trained,
    double learningRate,
    LossScale scale,
    boolean last) {

  /** Epochs done before it, such as 1.5. */
  public double epochsBefore() {
    return epoch - 1 + (epochStep - 1.0) / epochSteps;
  }

  /** Epochs done after it. */
  public double epochsDone() {
    return epoch - 1 + (double) epochStep / epochSteps;
  }
}
