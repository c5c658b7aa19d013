// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.training;

/**
 * How to train.
 *
 * @param epochs passes over the training split
 * @param batchSize sequences in a batch
 * @param learningRate the highest learning rate
 * @param warmupRatio share of all steps in which the learning rate rises
 * @param weightDecay decoupled weight decay of all weights except biases and LayerNorm
 * @param maxGradNorm global gradient norm above which gradients are scaled down
 * @param seed seed of shuffling and dropout
 */
public record TrainingSettings(
    int epochs,
    int batchSize,
    double learningRate,
    double warmupRatio,
    double weightDecay,
    double maxGradNorm,
    long seed) {}
