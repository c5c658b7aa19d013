// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.spi.head;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * What a head computes.
 *
 * <p>The host trains on the weighted mean of the losses: the sum of losses times weights over the
 * sum of weights, taken over the whole batch (and, when evaluating, over the whole split).
 *
 * <p>Losses (1, 3, 5) with weights (1, 1, 0) have the mean 2.
 *
 * <p>The host refuses logits that depend on the targets, which prediction does not have, and losses
 * and weights that are not one-dimensional.
 *
 * @param logits [B,L], [B,T,L], [B,T,2] or [B,C]
 * @param losses one loss for each target, any one-dimensional shape [N]
 * @param weights the weight of each loss, [N]: 0 for targets left out, 1 or any other share for the
 *     rest
 */
public record HeadOutput(
    Operand<TFloat32> logits, Operand<TFloat32> losses, Operand<TFloat32> weights) {}
