// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.core.training;

import dev.bertctl.core.graph.BertModel;

/**
 * One training step.
 *
 * @param step from 1
 * @param totalSteps steps of the whole run
 * @param epoch from 1
 * @param features features of the batch
 * @param trained loss and gradient norm
 * @param learningRate of this step
 */
public record StepReport(
    long step,
    long totalSteps,
    int epoch,
    int features,
    BertModel.Trained trained,
    double learningRate) {}
