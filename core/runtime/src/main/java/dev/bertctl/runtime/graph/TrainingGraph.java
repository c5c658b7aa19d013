// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import dev.bertctl.runtime.encoder.Parameter;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * What training adds to a graph.
 *
 * @param inputs the batch
 * @param seed the dropout seed, int64 scalar
 * @param losses what is trained on
 * @param scale what the loss is multiplied by before it is differentiated, float32 scalar; empty if
 *     it is not
 * @param gradients of each parameter that is not frozen, before clipping; of the scaled loss
 * @param optimizer takes the steps
 * @param update a step by the gradients; not of a scaled loss
 * @param accumulators sum up the gradients of a batch's parts; of the scaled loss
 * @param accumulated a step by the accumulators, in which the scale is taken off
 */
record TrainingGraph(
    ModelInputs inputs,
    Operand<TInt64> seed,
    TrainingLosses losses,
    Optional<Operand<TFloat32>> scale,
    Map<Parameter, Operand<TFloat32>> gradients,
    Optimizer optimizer,
    Optimizer.Update update,
    Accumulators accumulators,
    Optimizer.Update accumulated) {}
