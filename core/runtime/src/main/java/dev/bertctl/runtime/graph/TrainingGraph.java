// SPDX-License-Identifier: Apache-2.0
package dev.bertctl.runtime.graph;

import dev.bertctl.runtime.encoder.Parameter;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * What training adds to a graph.
 *
 * @param inputs the batch
 * @param seed the dropout seed, int64 scalar
 * @param losses what is trained on
 * @param gradients of each parameter that is not frozen, before clipping
 * @param optimizer takes the steps
 * @param update a step by the gradients
 * @param accumulators sum up the gradients of a batch's parts
 * @param accumulated a step by the accumulators
 */
record TrainingGraph(
    ModelInputs inputs,
    Operand<TInt64> seed,
    TrainingLosses losses,
    Map<Parameter, Operand<TFloat32>> gradients,
    Optimizer optimizer,
    Optimizer.Update update,
    Accumulators accumulators,
    Optimizer.Update accumulated) {}
