// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.training;

import dev.bertctl.runtime.graph.LossScale;

/**
 * What goes into a step.
 *
 * @param number from 1
 * @param epoch in which its features are seen, from 0
 * @param features their indices in the training split
 * @param parts in how many parts at least they are computed
 * @param dropoutSeed seed of its dropout
 * @param learningRate of the step
 * @param scale what its loss is multiplied by
 */
public record TrainingStep(
    long number,
    int epoch,
    int[] features,
    int parts,
    long dropoutSeed,
    double learningRate,
    LossScale scale) {}
