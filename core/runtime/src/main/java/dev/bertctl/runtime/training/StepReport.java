// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.training;

import dev.bertctl.runtime.graph.BertModel;

/**
 * One training step.
 *
 * @param step from 1
 * @param epoch from 1
 * @param epochs of the whole run
 * @param features features of the batch
 * @param epochFeatures features of the whole epoch
 * @param trained loss and gradient norm
 * @param learningRate of this step
 */
public record StepReport(
    long step,
    int epoch,
    int epochs,
    int features,
    int epochFeatures,
    BertModel.Trained trained,
    double learningRate) {}
