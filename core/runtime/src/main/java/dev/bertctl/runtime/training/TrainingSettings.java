// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.training;

import dev.bertctl.runtime.packing.BatchSize;
import java.time.Duration;
import java.util.Optional;

/**
 * How the training loop goes; what an update does with a gradient is the graph's matter.
 *
 * @param epochs passes over the training split
 * @param batchSize what one update is made of
 * @param microBatchSize most sequences that are computed at once; a larger batch is computed in
 *     parts, whose update is that of the whole
 * @param groupByLength whether sequences of almost equal lengths are put into a batch
 * @param redraw whether what the task draws, such as masks, is drawn anew in each epoch
 * @param schedule what the learning rate does in the course of the run
 * @param learningRate the highest learning rate
 * @param maxGradNorm global gradient norm above which gradients are scaled down; 0 if they never
 *     are
 * @param timeBudget time after which the training ends, with a schedule that ends with it; empty
 *     for all the time that the epochs take
 * @param seed seed of shuffling and dropout
 */
public record TrainingSettings(
    int epochs,
    BatchSize batchSize,
    int microBatchSize,
    boolean groupByLength,
    boolean redraw,
    ScheduleSpec schedule,
    double learningRate,
    double maxGradNorm,
    Optional<Duration> timeBudget,
    long seed) {}
