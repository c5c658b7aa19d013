// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.training;

/**
 * How to train.
 *
 * @param epochs passes over the training split
 * @param batchSize sequences in a batch
 * @param groupByLength whether sequences of almost equal lengths are put into a batch
 * @param redraw whether what the task draws, such as masks, is drawn anew in each epoch
 * @param schedule what the learning rate does in the course of the run
 * @param learningRate the highest learning rate
 * @param weightDecay decoupled weight decay of all weights except biases and LayerNorm
 * @param maxGradNorm global gradient norm above which gradients are scaled down; 0 if they never
 *     are
 * @param seed seed of shuffling and dropout
 */
public record TrainingSettings(
    int epochs,
    int batchSize,
    boolean groupByLength,
    boolean redraw,
    ScheduleSpec schedule,
    double learningRate,
    double weightDecay,
    double maxGradNorm,
    long seed) {}
